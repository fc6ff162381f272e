import { access, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Language } from "../../src/programs/program.ts";
import { cacheFolder } from "../paths.ts";
import { complaint, run } from "../run.ts";

/** What runs the programs of a language on this machine, or why they cannot be run here. */
export type Tool =
  { readonly found: true; readonly command: string } | { readonly found: false; readonly why: string };

/** The clients that the programs are tested with. */
const NATS_PY = "2.16.0";
const NATS_GO = "v1.55.0";
const NATS_CLI = "v0.5.1";

/** Clients are fetched once and kept. Whatever takes longer is given up, and the tests that want it are skipped. */
const FETCH_MS = 4 * 60_000;
const ASK_MS = 20_000;
/** Nobody fetches for longer: three commands, each given up in time. */
const LOCKED_MS = 3 * FETCH_MS;

const FOLDER = join(cacheFolder(), "programs");
const windows = process.platform === "win32";

/**
 * Finds what programs of a language need: Node for TypeScript, Python with nats-py, Go with nats.go, the `nats` command. What can be
 * fetched by a tool that is here is fetched into the cache. Never throws.
 */
export async function findTool(language: Language): Promise<Tool> {
  try {
    return { found: true, command: await alone(language, FINDERS[language]) };
  } catch (error) {
    return { found: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** One at a time, whichever process asks: two that fetched the same at once would tread on each other. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(FOLDER, `.${name}.lock`);
  await mkdir(FOLDER, { recursive: true });
  for (const until = Date.now() + LOCKED_MS; ;) {
    try {
      await mkdir(lock);
      break;
    } catch {
      // One that outlasts this was left by a process that was ended.
      if (Date.now() > until) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

const FINDERS: Readonly<Record<Language, () => Promise<string>>> = {
  typescript: async () => process.execPath,
  python: findPython,
  go: findGo,
  cli: findCli,
};

/** A Python that can import nats: one here, or one in an environment of its own. */
async function findPython(): Promise<string> {
  const folder = join(FOLDER, `python-nats-py-${NATS_PY}`);
  const own = join(folder, windows ? "Scripts/python.exe" : "bin/python");
  for (const python of [own, "python3", "python"]) {
    if ((await run(python, ["-c", "import nats"], { timeoutMs: ASK_MS })).code === 0) return python;
  }
  const python = (await runs("python3", ["--version"])) ? "python3" : "python";
  if (!(await runs(python, ["--version"]))) throw new Error("there is no Python here");
  await rm(folder, { recursive: true, force: true });
  await succeed(python, ["-m", "venv", folder]);
  await succeed(own, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `nats-py==${NATS_PY}`,
  ]);
  return own;
}

/** Go, with a module beside it that has nats.go. */
async function findGo(): Promise<string> {
  if (!(await runs("go", ["version"]))) throw new Error("there is no Go here");
  const folder = goModule();
  if (await exists(join(folder, "go.sum"))) return "go";
  await mkdir(FOLDER, { recursive: true });
  const work = await mkdtemp(join(FOLDER, ".getting-"));
  try {
    await succeed("go", ["mod", "init", "programs"], work);
    await succeed("go", ["get", `github.com/nats-io/nats.go@${NATS_GO}`], work);
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return "go";
}

/** The folder of a Go module that requires nats.go. Programs in folders within it find it. */
export const goModule = (): string => join(FOLDER, `go-nats-${NATS_GO}`);

/** The `nats` command: on the PATH, kept, or built. */
async function findCli(): Promise<string> {
  // A program of commands is for a POSIX shell.
  if (!(await runs("sh", ["-c", "true"]))) throw new Error("there is no POSIX shell here");
  if (await runs("nats", ["--version"])) return "nats";
  const folder = join(FOLDER, `nats-cli-${NATS_CLI}`);
  const own = join(folder, windows ? "nats.exe" : "nats");
  if (await runs(own, ["--version"])) return own;
  if (!(await runs("go", ["version"])))
    throw new Error("there is no nats command here, and no Go to build it");
  await mkdir(folder, { recursive: true });
  await succeed("go", ["install", `github.com/nats-io/natscli/nats@${NATS_CLI}`], folder, { GOBIN: folder });
  return own;
}

const runs = async (command: string, args: readonly string[]): Promise<boolean> =>
  (await run(command, args, { timeoutMs: ASK_MS })).code === 0;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function succeed(
  command: string,
  args: readonly string[],
  cwd?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const options = { timeoutMs: FETCH_MS, env, ...(cwd === undefined ? {} : { cwd }) };
  const { code, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.slice(0, 3).join(" ")} failed: ${complaint(stderr)}`);
}

/** Writes a file into a folder, and gives its path. */
export async function written(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

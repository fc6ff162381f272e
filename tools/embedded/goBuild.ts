import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../paths.ts";
import { complaint, run } from "../run.ts";
import { licencesOfModules } from "./goLicences.ts";

/** What a way to build left behind. */
export interface Built {
  /** The program. */
  readonly wasm: string;
  /** The other half of Go's runtime, which belongs to the very version of Go that built the program. */
  readonly runtime: string;
  /** Of nats-server. */
  readonly version: string;
  /** Of Go, such as `go1.26.8`. */
  readonly go: string;
  /** The licences of all that is in the program, as a file to go with it. */
  readonly licences: string;
}

/** A small machine takes minutes for the first build. */
const BUILD_MS = 8 * 60_000;
const SOURCES = join(ROOT, "embedded");

/** HTTP/2 is left out: nothing here serves it. */
const FLAGS = ["-tags", "nethttpomithttp2", "-trimpath", "-ldflags=-s -w"];

/** Builds the pinned nats-server with the Go on the PATH. Throws with the reason when it cannot. */
export async function buildWithGo(workFolder: string): Promise<Built> {
  return buildWith("go", workFolder, SOURCES, {}, (env) => licencesOfModules("go", SOURCES, env));
}

/** Builds the program in `sources` with the Go at `go`. */
export async function buildWith(
  go: string,
  workFolder: string,
  sources: string,
  env: Readonly<Record<string, string>>,
  licences: (env: Readonly<Record<string, string>>) => Promise<string>,
): Promise<Built> {
  const wasm = join(workFolder, "nats-server.wasm");
  const version = await run(go, ["version"], { timeoutMs: 20_000, env });
  if (version.code !== 0) throw new Error("there is no Go here");
  const forBrowser = { GOOS: "js", GOARCH: "wasm", CGO_ENABLED: "0", GOFLAGS: "", ...env };
  const build = (extra: Readonly<Record<string, string>>) =>
    run(go, ["build", ...FLAGS, "-o", wasm, "."], {
      timeoutMs: BUILD_MS,
      cwd: sources,
      env: { ...forBrowser, ...extra },
    });
  let ran = await build({});
  // An older Go can fetch the newer one that nats-server wants, unless it was told not to.
  const older = ran.code !== 0 && /requires go\s?(>=)?/.test(ran.stderr);
  const fetched = older ? { GOTOOLCHAIN: "auto" } : {};
  if (older) ran = await build(fetched);
  if (ran.code !== 0) throw new Error(`go build failed: ${complaint(ran.stderr)}`);

  const told = await run(go, ["env", "GOROOT", "GOVERSION"], {
    timeoutMs: 20_000,
    cwd: sources,
    env: { ...env, ...fetched },
  });
  const [root = "", goVersion = ""] = told.stdout.split(/\r?\n/);
  return {
    wasm,
    runtime: await firstThere([
      join(root, "lib", "wasm", "wasm_exec.js"),
      join(root, "misc", "wasm", "wasm_exec.js"), // before Go 1.24
    ]),
    version: await pinnedVersion(),
    go: goVersion,
    licences: await licences({ ...forBrowser, ...fetched }),
  };
}

/** The version of nats-server in embedded/go.mod, such as `2.15.2`. */
async function pinnedVersion(): Promise<string> {
  const mod = await readFile(join(SOURCES, "go.mod"), "utf8");
  const version = /nats-server\/v2 v(\S+)/.exec(mod)?.[1];
  if (version === undefined) throw new Error("embedded/go.mod pins no nats-server.");
  return version;
}

async function firstThere(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    if ((await readFile(path).catch(() => null)) !== null) return path;
  }
  throw new Error(`this Go has no wasm_exec.js at ${paths.join(" or ")}`);
}

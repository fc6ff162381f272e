import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Language } from "../../src/programs/program.ts";
import { ROOT } from "../paths.ts";
import { run } from "../run.ts";
import { goModule, written } from "./toolbox.ts";

/** A program that runs. */
export interface RunningProgram {
  /** What it has printed so far, errors included. */
  readonly output: () => string;
  /** Resolves with its exit code when it has ended by itself; null when it was ended. */
  readonly ended: Promise<number | null>;
  /** Ends it and everything it started, and takes its files away. */
  stop(): Promise<void>;
}

const BUILD_MS = 3 * 60_000;

/** Runs a program as a person would who copied it: saved under its name, in a folder of its own. `more` is set in its environment. */
export async function runProgram(
  language: Language,
  command: string,
  program: { readonly fileName: string; readonly text: string },
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const folder = await folderFor(language);
  const path = await written(folder, program.fileName, program.text);
  const [file, parameters, env] = await howToRun(language, command, folder, path);
  const child = spawn(file, [...parameters, ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, ...more },
    // A group of its own, so that what a shell has started ends with it.
    detached: process.platform !== "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve(null);
    });
    child.on("close", (code) => resolve(code));
  });
  return {
    output: () => output,
    ended,
    async stop() {
      endGroup(child);
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function folderFor(language: Language): Promise<string> {
  if (language === "go") {
    await mkdir(goModule(), { recursive: true });
    return mkdtemp(join(goModule(), "program-"));
  }
  const folder = await mkdtemp(join(tmpdir(), "roundtrip-program-"));
  // In place of `npm install`: the same packages, already here.
  if (language === "typescript")
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

type Way = readonly [file: string, parameters: readonly string[], env: Readonly<Record<string, string>>];

async function howToRun(language: Language, command: string, folder: string, path: string): Promise<Way> {
  switch (language) {
    case "typescript":
      return [command, ["--import", "tsx", path], {}];
    case "python":
      return [command, [path], { PYTHONIOENCODING: "utf-8" }];
    case "go": {
      const binary = join(folder, process.platform === "win32" ? "program.exe" : "program");
      const built = await run(command, ["build", "-o", binary, path], { timeoutMs: BUILD_MS, cwd: folder });
      if (built.code !== 0) throw new Error(`The program does not compile:\n${built.stderr}`);
      return [binary, [], {}];
    }
    case "cli":
      return ["sh", [path], { PATH: `${dirname(command)}${delimiter}${process.env["PATH"] ?? ""}` }];
  }
}

function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

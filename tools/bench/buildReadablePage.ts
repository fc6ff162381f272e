import { join } from "node:path";
import { packageProgram, ROOT } from "../paths.ts";
import { withProgress, type Say } from "../progress.ts";
import { run } from "../run.ts";
import { FOLDER } from "./benchOptions.ts";

const BUILT = join(FOLDER, "readable");
const BUILD_MS = 5 * 60_000;

/** Builds the page as it is shipped, but not minified, into a folder of its own, and gives that. */
export async function buildReadablePage(say: Say): Promise<string> {
  const args = [packageProgram("vite", "bin/vite.js"), "build", "--logLevel", "error", "--minify", "false"];
  const { code, stdout, stderr } = await withProgress(say, "Building a readable page", () =>
    run(process.execPath, [...args, "--outDir", BUILT, "--emptyOutDir"], { cwd: ROOT, timeoutMs: BUILD_MS }),
  );
  if (code !== 0) throw new Error(`The page could not be built.\n${stderr}${stdout}`);
  return BUILT;
}

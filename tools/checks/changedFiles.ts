import { ROOT } from "../paths.ts";
import { run } from "../run.ts";

const GIT_MS = 30_000;

/** The files that differ from a commit, new ones included, relative to the project. Throws git's own words, as for an unknown commit. */
export async function changedFiles(since: string): Promise<string[]> {
  const known = await git(["diff", "--name-only", "--end-of-options", since]);
  const untracked = await git(["ls-files", "--others", "--exclude-standard"]);
  return [...new Set([...known, ...untracked])];
}

async function git(args: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run("git", args, { cwd: ROOT, timeoutMs: GIT_MS });
  if (code !== 0) throw new Error(`git ${args.join(" ")} failed: ${stderr.trim()}`);
  return stdout.split("\n").filter((line) => line !== "");
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { packageProgram, ROOT } from "../paths.ts";
import { run } from "../run.ts";

const LONGEST_MS = 5 * 60_000;

/** Checks the types of each part with what that part has around it: src/domain, for one, without DOM and Node. */
const projects = (await readdir(join(ROOT, "tsconfig"))).filter((name) => name.endsWith(".json"));
if (projects.length === 0)
  throw new Error("There are no projects in tsconfig/, so nothing would be checked.");

let failed = false;
for (const project of projects) {
  const args = [
    packageProgram("typescript", "bin/tsc"),
    "--pretty",
    "false",
    "-p",
    join("tsconfig", project),
  ];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT, timeoutMs: LONGEST_MS });
  if (code !== 0) {
    failed = true;
    console.log(`tsconfig/${project}\n${stdout}${stderr}`);
  }
}
process.exit(failed ? 1 : 0);

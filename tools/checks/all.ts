import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { packageProgram, ROOT } from "../paths.ts";
import { playwrightCounts, vitestCounts, type TestCounts } from "./testCounts.ts";

/**
 * `npm test`: everything that has to hold, one after the other, all of it even when something fails. The last line is
 * `N passed, N failed`: the tests of both runners, and one failure for each other check that does not hold.
 */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** Of a test runner: its JSON report, and how to read it. */
  readonly report?: { readonly file: string; readonly read: (report: unknown) => TestCounts };
}

const REPORTS = join(ROOT, "test-results");
const UNIT = join(REPORTS, "unit.json");
const E2E = join(REPORTS, "e2e.json");

const CHECKS: readonly Check[] = [
  { name: "types", command: ["--import", "tsx", "tools/checks/types.ts"] },
  {
    name: "lint",
    command: [packageProgram("oxlint", "bin/oxlint"), "--deny-warnings", "src", "e2e", "tools"],
  },
  {
    name: "format",
    command: [packageProgram("prettier", "bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
  },
  { name: "dead code", command: [packageProgram("knip", "bin/knip.js")] },
  {
    name: "unit tests",
    command: [
      packageProgram("vitest", "vitest.mjs"),
      "run",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${UNIT}`,
    ],
    report: { file: UNIT, read: vitestCounts },
  },
  {
    name: "end-to-end tests",
    command: [packageProgram("@playwright/test", "cli.js"), "test"],
    report: { file: E2E, read: playwrightCounts },
  },
];

await rm(REPORTS, { recursive: true, force: true });
await mkdir(REPORTS, { recursive: true });
let passed = 0;
let failed = 0;
const summary: string[] = [];
for (const { name, command, report } of CHECKS) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const ok = await succeeds(command);
  const counts = report ? await countsOf(report.file, report.read) : { passed: 0, failed: 0, flaky: 0 };
  passed += counts.passed;
  failed += !ok && counts.failed === 0 ? 1 : counts.failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const flaky =
    counts.flaky === 0 ? "" : `, ${counts.flaky} FLAKY: passed at the second attempt, named above`;
  summary.push(`${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)${flaky}`);
}
console.log(`\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function succeeds(command: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
  });
}

/** A runner that left no report failed before it could write one. */
async function countsOf(file: string, read: (report: unknown) => TestCounts): Promise<TestCounts> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? { passed: 0, failed: 1, flaky: 0 } : read(JSON.parse(text));
}

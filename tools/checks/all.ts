import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findNatsServer } from "../nats/findNatsServer.ts";
import { packageProgram, ROOT } from "../paths.ts";
import { changedFiles } from "./changedFiles.ts";
import { reachedSpecs } from "./reach.ts";
import { playwrightCounts, vitestCounts, type TestCounts } from "./testCounts.ts";
import { playwrightTimes, slowestLines, vitestTimes, type TestTime } from "./testTimes.ts";

/**
 * `npm test`: everything that has to hold, all of it even when something fails. The end-to-end tests run beside everything else, which is
 * printed when it is over. `npm test -- --changed [commit]` runs what the change since that commit can reach; without a commit, what is not
 * committed yet. The last line is `N passed, N failed`: the tests of both runners, and one failure for each other check that does not hold.
 */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
  /** Of a test runner: its JSON report, and how to read it. */
  readonly report?: {
    readonly file: string;
    readonly counts: (report: unknown) => TestCounts;
    readonly times: (report: unknown) => readonly TestTime[];
  };
}

interface Result {
  readonly line: string;
  readonly passed: number;
  readonly failed: number;
  readonly times: readonly TestTime[];
}

const REPORTS = join(ROOT, "test-results");
const UNIT = join(REPORTS, "unit.json");
const E2E = join(REPORTS, "e2e.json");
const SLOWEST = 20;

const since = readSince();
const changed = since === null ? null : await changedFiles(since);
const specs = changed === null ? "all" : reachedSpecs(changed);
if (changed !== null) console.log(describeReach(changed, specs));

const QUICK: readonly Check[] = [
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
      ...(since === null ? [] : ["--changed", since, "--passWithNoTests"]),
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${UNIT}`,
    ],
    report: { file: UNIT, counts: vitestCounts, times: vitestTimes },
  },
];

const END_TO_END: Check = {
  name: "end-to-end tests",
  command: [packageProgram("@playwright/test", "cli.js"), "test", ...(specs === "all" ? [] : specs)],
  report: { file: E2E, counts: playwrightCounts, times: playwrightTimes },
};

await rm(REPORTS, { recursive: true, force: true });
await mkdir(REPORTS, { recursive: true });
// Both runners need it: found or fetched once, before they start beside each other. They say themselves why there is none.
await findNatsServer({ say: (line) => console.log(line) }).catch(() => null);

const [quick, endToEnd] = await Promise.all([
  (async () => {
    const results: Result[] = [];
    for (const check of QUICK) results.push(await runCheck(check, "kept"));
    return results;
  })(),
  specs.length === 0 ? null : runCheck(END_TO_END, "shown"),
]);
const results = endToEnd === null ? quick : [...quick, endToEnd];
const total = (of: "passed" | "failed"): number => results.reduce((sum, result) => sum + result[of], 0);
const times = results.flatMap((result) => result.times);
if (times.length > 0) {
  console.log(`\nThe slowest of ${times.length} tests:\n${slowestLines(times, SLOWEST).join("\n")}`);
}
console.log(`\n${results.map(({ line }) => line).join("\n")}`);
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") === 0 ? 0 : 1;

/** What a check prints is shown as it comes, or kept and shown when it is over. */
async function runCheck({ name, command, report }: Check, output: "shown" | "kept"): Promise<Result> {
  const startedAt = performance.now();
  const { ok, printed } = await runCommand(command, output);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (output === "kept" || !ok) console.log(`\n── ${name}${ok ? "" : " FAILED"} (${seconds} s)\n${printed}`);
  const written = report ? await readReport(report.file) : null;
  const counts =
    report === undefined
      ? { passed: 0, failed: 0, flaky: 0 }
      : written === null
        ? // A runner that left no report failed before it could write one.
          { passed: 0, failed: ok ? 0 : 1, flaky: 0 }
        : report.counts(written);
  const flaky =
    counts.flaky === 0 ? "" : `, ${counts.flaky} FLAKY: passed at the second attempt, named above`;
  return {
    line: `${ok ? "ok    " : "FAILED"} ${name} (${seconds} s)${flaky}`,
    passed: counts.passed,
    failed: !ok && counts.failed === 0 ? 1 : counts.failed,
    times: report && written !== null ? report.times(written) : [],
  };
}

function runCommand(
  command: readonly string[],
  output: "shown" | "kept",
): Promise<{ readonly ok: boolean; readonly printed: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      stdio: output === "shown" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data) => (printed += String(data)));
    child.on("error", (error) => resolve({ ok: false, printed: printed + String(error) }));
    child.on("close", (code) => resolve({ ok: code === 0, printed }));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
  });
}

async function readReport(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/** Null: everything. Else the commit since which a change is looked at. */
function readSince(): string | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { changed: { type: "boolean" } },
  });
  if (!values.changed) return null;
  return positionals[0] ?? "HEAD";
}

function describeReach(files: readonly string[], reached: "all" | readonly string[]): string {
  const which =
    reached === "all"
      ? "all end-to-end tests"
      : reached.length === 0
        ? "no end-to-end test"
        : `the end-to-end tests ${reached.join(", ")}`;
  return `${files.length} changed files reach ${which}.`;
}

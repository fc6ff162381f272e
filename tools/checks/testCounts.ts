export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Of those that passed: at their second attempt only. Each is a bug to find. */
  readonly flaky: number;
}

/** Reads what Vitest's JSON reporter wrote. */
export function vitestCounts(report: unknown): TestCounts {
  return {
    passed: numberAt(report, "numPassedTests"),
    // A file that does not even load has no tests that could fail.
    failed: Math.max(numberAt(report, "numFailedTests"), numberAt(report, "numFailedTestSuites") > 0 ? 1 : 0),
    flaky: 0,
  };
}

/** Reads what Playwright's JSON reporter wrote. Errors outside of tests, such as in the set-up, count as one failure. */
export function playwrightCounts(report: unknown): TestCounts {
  const stats = memberOf(report, "stats");
  const errors = memberOf(report, "errors");
  const outside = Array.isArray(errors) && errors.length > 0 ? 1 : 0;
  return {
    passed: numberAt(stats, "expected") + numberAt(stats, "flaky"),
    failed: Math.max(numberAt(stats, "unexpected"), outside),
    flaky: numberAt(stats, "flaky"),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function numberAt(value: unknown, name: string): number {
  const found = memberOf(value, name);
  if (typeof found === "number") return found;
  throw new Error(`The test report has no number “${name}”.`);
}

import { expect, test } from "vitest";
import { playwrightCounts, vitestCounts } from "./testCounts.ts";

test("Vitest's report is read", () => {
  expect(vitestCounts({ numPassedTests: 7, numFailedTests: 2, numFailedTestSuites: 1 })).toEqual({
    passed: 7,
    failed: 2,
    flaky: 0,
  });
});

test("a test file that does not load is a failure", () => {
  expect(vitestCounts({ numPassedTests: 7, numFailedTests: 0, numFailedTestSuites: 1 })).toEqual({
    passed: 7,
    failed: 1,
    flaky: 0,
  });
});

test("Playwright's report is read", () => {
  const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 3 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 6, failed: 2, flaky: 1 });
});

test("a set-up that fails is a failure, although no test ran", () => {
  const stats = { expected: 0, flaky: 0, unexpected: 0, skipped: 0 };
  expect(playwrightCounts({ stats, errors: [{ message: "no browser" }] })).toEqual({
    passed: 0,
    failed: 1,
    flaky: 0,
  });
});

test("a report of another shape is an error, not zero failures", () => {
  expect(() => vitestCounts({})).toThrow("numPassedTests");
  expect(() => playwrightCounts(null)).toThrow("expected");
});

import { expect, test } from "vitest";
import { playwrightTimes, slowestLines, vitestTimes } from "./testTimes.ts";

test("Vitest's report is read", () => {
  const report = {
    testResults: [
      {
        name: "/home/me/roundtrip/src/domain/a.test.ts",
        assertionResults: [{ fullName: "adds", duration: 12.5 }],
      },
    ],
  };
  expect(vitestTimes(report)).toEqual([{ name: "src/domain/a.test.ts › adds", ms: 12.5 }]);
});

test("Playwright's report is read, with tests in groups and all attempts", () => {
  const spec = (title: string, ...durations: number[]): unknown => ({
    title,
    tests: [{ results: durations.map((duration) => ({ duration })) }],
  });
  const report = {
    suites: [
      {
        title: "load.spec.ts",
        specs: [spec("runs", 1000, 500)],
        suites: [{ title: "group", specs: [spec("stops", 20)] }],
      },
    ],
  };
  expect(playwrightTimes(report)).toEqual([
    { name: "e2e/load.spec.ts › runs", ms: 1500 },
    { name: "e2e/load.spec.ts › stops", ms: 20 },
  ]);
});

test("the slowest come first", () => {
  const times = [
    { name: "quick", ms: 90 },
    { name: "slow", ms: 61_234 },
    { name: "middle", ms: 2000 },
  ];
  expect(slowestLines(times, 2)).toEqual(["  61.2 s  slow", "   2.0 s  middle"]);
});

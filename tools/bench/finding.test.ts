import { expect, test } from "vitest";
import { budgetWords, verdictOf, type Finding } from "./finding.ts";

const finding = (rounds: number[], against: number[] | null, budget: Finding["budget"]): Finding => ({
  what: "something",
  unit: "ms",
  side: { name: "one", rounds },
  against: against && { name: "other", rounds: against },
  budget,
});

test("the ratio is that of the medians, and is what a budget of the ratio judges", () => {
  const least = { of: "ratio", least: 3 } as const;
  expect(verdictOf(finding([300, 299, 9000], [100, 1, 101], least))).toMatchObject({ ratio: 3, met: true });
  expect(verdictOf(finding([299], [100], least))).toMatchObject({ ratio: 2.99, met: false });
});

test("a budget of the value", () => {
  expect(verdictOf(finding([50], null, { of: "value", most: 50 })).met).toBe(true);
  expect(verdictOf(finding([50.1], null, { of: "value", most: 50 })).met).toBe(false);
});

test("where one is one too many, the largest counts", () => {
  const tasks = finding([0, 0, 80], null, { of: "value", most: 50 });
  expect(verdictOf(tasks).met).toBe(true);
  expect(verdictOf({ ...tasks, by: "largest" }).met).toBe(false);
});

test("what could not be measured meets no budget", () => {
  expect(verdictOf(finding([], [1], { of: "ratio", most: 2 })).met).toBe(false);
  expect(verdictOf(finding([1], null, { of: "ratio", most: 2 })).met).toBe(false);
});

test("without a budget there is no verdict", () => {
  expect(verdictOf(finding([1], [2], null)).met).toBeNull();
});

test("a budget in words", () => {
  expect(budgetWords({ of: "ratio", least: 3 }, "/s")).toBe("≥ 3.00 ×");
  expect(budgetWords({ of: "value", most: 50 }, "ms")).toBe("≤ 50 ms");
});

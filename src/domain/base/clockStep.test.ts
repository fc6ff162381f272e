import { expect, test } from "vitest";
import { clockStep } from "./clockStep.ts";

test.each([0.005, 0.1, 1])("finds the step of a clock that moves by %f ms", (step) => {
  let asked = 0;
  // It moves each third time, and now and then skips a step.
  const now = (): number => 1_000_000 + (Math.floor(asked / 3) + (asked++ > 30 ? 4 : 0)) * step;
  expect(clockStep(now)).toBeCloseTo(step, 6);
});

test("gives up on a clock that stands still", () => {
  expect(clockStep(() => 7)).toBe(Infinity);
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { roundUp } from "./raiseTimeout.ts";

it.each([
  [1, 1],
  [749, 750],
  [751, 1000],
  [1001, 1500],
  [3750, 5000],
])("%d ms are rounded up to %d ms", (ms, rounded) => expect(roundUp(ms)).toBe(rounded));

it("never less than was wanted, nor twice as much", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (ms) => {
      expect(roundUp(ms)).toBeGreaterThanOrEqual(ms);
      expect(roundUp(ms)).toBeLessThanOrEqual(Math.max(2, ms * 2));
    }),
  );
});

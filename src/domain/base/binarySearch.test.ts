import fc from "fast-check";
import { expect, it } from "vitest";
import { firstPlace } from "./binarySearch.ts";

it("finds what a look at each place in turn finds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (list, from) => {
      const sorted = list.toSorted((a, b) => a - b);
      const found = sorted.findIndex((value) => value >= from);
      const place = firstPlace(0, sorted.length, (at) => (sorted[at] ?? 0) >= from);
      expect(place).toBe(found === -1 ? sorted.length : found);
    }),
  );
});

it("looks at nothing outside of its two ends", () => {
  const looked: number[] = [];
  firstPlace(3, 9, (place) => looked.push(place) > 0 && place >= 9);
  expect(Math.min(...looked)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...looked)).toBeLessThan(9);
});

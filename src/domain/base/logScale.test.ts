import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logScale } from "./logScale.ts";

describe("logScale", () => {
  test("ends at steps of 1, 2, 5", () => {
    expect(logScale(0.42, 3.3)).toEqual({ low: 0.2, high: 5, ticks: [0.2, 0.5, 1, 2, 5] });
  });

  test("names decades when 1-2-5 steps would be too many", () => {
    expect(logScale(0.1, 2000).ticks).toEqual([0.1, 1, 10, 100, 1000]);
  });

  test("leaves steps out evenly where there are too few decades to read by", () => {
    expect(logScale(6, 180, 5)).toEqual({ low: 5, high: 200, ticks: [5, 20, 100] });
  });

  test("a single value still has a length", () => {
    const { low, high } = logScale(1, 1);
    expect([low, high]).toEqual([1, 2]);
  });

  test("holds every value, with ascending ticks and few of them", () => {
    const value = fc.double({ min: 1e-3, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const { low, high, ticks } = logScale(Math.min(a, b), Math.max(a, b));
        expect(low).toBeLessThanOrEqual(Math.min(a, b));
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
        expect(ticks).toEqual(ticks.toSorted((x, y) => x - y));
        expect(ticks[0]).toBeGreaterThanOrEqual(low);
        expect(ticks.at(-1)).toBeLessThanOrEqual(high);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

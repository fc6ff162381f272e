import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  drawEarlyMs,
  drawEveryMs,
  figureEveryMs,
  figuresEveryMs,
  figuresSlowdown,
  foldEveryMs,
  isBusyPosting,
  isProgressDue,
  postEveryMs,
} from "./cadences.ts";

describe("cadences", () => {
  it("are those of single frames while little happens, so that a lone request is seen at once", () => {
    expect(postEveryMs(isBusyPosting(9, 20), true)).toBeLessThanOrEqual(16);
    expect(foldEveryMs(9)).toBe(0);
    expect(drawEveryMs(1)).toBe(0);
    expect(figuresEveryMs(figuresSlowdown(9, 100), false)).toBe(100);
    expect(isProgressDue(100, 1, true)).toBe(true);
  });

  it("are those of every third frame, and of figures a quarter of a second apart, while much happens", () => {
    expect(postEveryMs(isBusyPosting(1000, 50), true)).toBe(50);
    expect(foldEveryMs(1000)).toBe(45);
    expect(drawEveryMs(40)).toBe(50);
    expect(figuresEveryMs(figuresSlowdown(1000, 100), false)).toBe(250);
    expect([100, 200, 300].map((ms) => isProgressDue(ms, 1000, true))).toEqual([false, true, true]);
  });

  it("are slowest where nobody looks", () => {
    expect(postEveryMs(true, false)).toBe(2000);
    expect([300, 1900, 2000].map((ms) => isProgressDue(ms, 1000, false))).toEqual([false, false, true]);
  });

  it("never grow faster with more to do, and no figure lags the canvas in the past", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 1, max: 5000 }), (a, b, ms) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(foldEveryMs(more)).toBeGreaterThanOrEqual(foldEveryMs(less));
        expect(figuresSlowdown(more, ms)).toBeGreaterThanOrEqual(figuresSlowdown(less, ms));
        expect(drawEveryMs(more + 1)).toBeGreaterThanOrEqual(drawEveryMs(less + 1));
        expect(postEveryMs(isBusyPosting(more, ms), true)).toBeGreaterThanOrEqual(
          postEveryMs(isBusyPosting(less, ms), true),
        );
        expect(figureEveryMs(ms, 2.5, true)).toBeLessThanOrEqual(33);
      }),
    );
  });

  it("allow a frame that comes a little early", () => {
    expect(drawEarlyMs(40, 44)).toBeGreaterThan(0);
    expect(drawEarlyMs(40, 46)).toBeLessThan(0);
    expect(drawEarlyMs(1, 0)).toBeLessThan(0);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { axisStep, panned, showing, zoomed, type TimeWindow } from "./timeWindow.ts";

const window = (low: number, high: number) =>
  fc
    .tuple(fc.double({ min: low, max: high, noNaN: true }), fc.double({ min: 1, max: 5000, noNaN: true }))
    .map(([from, length]): TimeWindow => ({ from, to: from + length }));

const meet = (a: TimeWindow, b: TimeWindow): boolean => a.from < b.to && b.from < a.to;

test("zooming keeps the instant under the pointer in its place, within the whole", () => {
  const whole = { from: 0, to: 1000 };
  const near = zoomed({ from: 200, to: 600 }, 0.5, 300, whole);
  expect(near).toEqual({ from: 250, to: 450 });
  expect(zoomed(near, 2, 300, whole)).toEqual({ from: 200, to: 600 });
});

test("however it is zoomed and panned, some of the whole stays in sight", () => {
  const move = fc.tuple(
    fc.constantFrom("zoom", "pan"),
    fc.double({ min: 0.1, max: 8, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );
  fc.assert(
    fc.property(window(0, 1e4), fc.array(move, { maxLength: 30 }), (whole, moves) => {
      let shown = whole;
      for (const [kind, factor, share] of moves) {
        shown =
          kind === "zoom"
            ? zoomed(shown, factor, shown.from + (shown.to - shown.from) / 3, whole)
            : panned(shown, share, whole);
        expect(shown.to).toBeGreaterThan(shown.from);
        expect(meet(shown, whole)).toBe(true);
      }
    }),
  );
});

test("what is to be seen is in the window afterwards", () => {
  fc.assert(
    fc.property(window(0, 1e4), window(0, 1e4), (before, wanted) => {
      const after = showing(before, wanted.from, wanted.to);
      expect(after.from).toBeLessThanOrEqual(wanted.from + 1e-6);
      expect(after.to).toBeGreaterThanOrEqual(wanted.to - 1e-6);
    }),
  );
});

test("the marks of an axis are round and not too many", () => {
  expect([axisStep({ from: 0, to: 1000 }, 10), axisStep({ from: 0, to: 1100 }, 10)]).toEqual([100, 200]);
  fc.assert(
    fc.property(window(0, 1e4), fc.integer({ min: 1, max: 20 }), (shown, most) => {
      expect((shown.to - shown.from) / axisStep(shown, most)).toBeLessThanOrEqual(most + 1e-6);
    }),
  );
});

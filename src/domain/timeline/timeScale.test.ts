import fc from "fast-check";
import { expect, test } from "vitest";
import { createTimeScale } from "./timeScale.ts";

const times = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

test("a readable scale never goes back and keeps any two moments apart", () => {
  fc.assert(
    fc.property(times, (moments) => {
      const scale = createTimeScale(moments, { kind: "readable", least: 20, length: 300 });
      const places = [...new Set(moments)].toSorted((a, b) => a - b).map((ms) => scale.place(ms));
      for (let index = 1; index < places.length; index++)
        expect((places[index] ?? 0) - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(20 - 1e-9);
      expect(scale.length).toBeCloseTo(places.at(-1) ?? 0);
    }),
  );
});

test("what lies between two moments has its place between theirs", () => {
  const scale = createTimeScale([0, 1, 1000], { kind: "readable", least: 20, length: 300 });
  expect(scale.place(500)).toBeGreaterThan(scale.place(1));
  expect(scale.place(500)).toBeLessThan(scale.place(1000));
  expect(scale.place(-5)).toBe(0);
  expect(scale.place(5000)).toBe(scale.length);
});

test("a true scale is in proportion", () => {
  const scale = createTimeScale([100, 150, 300], { kind: "true", least: 20, length: 400 });
  expect([100, 150, 200, 300].map((ms) => scale.place(ms))).toEqual([0, 100, 200, 400]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { tickLabel } from "./tickLabel.ts";
import { axisStep } from "./timeWindow.ts";

test("no two ticks of an axis read the same, however far one looks in, and however late", () => {
  const lengths = fc.double({ min: 0.2, max: 1e7, noNaN: true });
  const starts = fc.double({ min: 0, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(starts, lengths, fc.integer({ min: 2, max: 30 }), (from, length, most) => {
      const step = axisStep({ from, to: from + length }, most);
      const first = Math.ceil(from / step);
      const labels: string[] = [];
      for (let index = first; index * step <= from + length; index++)
        labels.push(tickLabel(index * step, step));
      expect(new Set(labels).size).toBe(labels.length);
    }),
  );
});

test.each([
  [0, 1000, "0 s"],
  [3000, 1000, "3 s"],
  [200, 200, "0.2 s"],
  [1200, 200, "1.2 s"],
  [20, 20, "20 ms"],
  [0.05, 0.05, "0.05 ms"],
  [1234.05, 0.05, "1.23405 s"],
  [-1e-13, 20, "0 ms"],
])("%d ms, ticks %d ms apart: %s", (ms, step, label) => {
  expect(tickLabel(ms, step)).toBe(label);
});

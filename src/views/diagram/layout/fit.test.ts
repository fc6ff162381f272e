import fc from "fast-check";
import { expect, test } from "vitest";
import { fitTo, LEAST_ZOOM } from "./fit.ts";

const box = fc.record({
  x: fc.integer({ min: -3000, max: 3000 }),
  y: fc.integer({ min: -3000, max: 3000 }),
  width: fc.integer({ min: 100, max: 1500 }),
  height: fc.integer({ min: 100, max: 1500 }),
});

test("everything is on the screen, in its middle", () => {
  fc.assert(
    fc.property(
      box,
      fc.integer({ min: 400, max: 2500 }),
      fc.integer({ min: 400, max: 1600 }),
      (bounds, w, h) => {
        const { x, y, zoom } = fitTo(bounds, w, h);
        const left = bounds.x * zoom + x;
        const top = bounds.y * zoom + y;
        expect(zoom).toBeGreaterThanOrEqual(LEAST_ZOOM);
        expect(left).toBeGreaterThanOrEqual(-1e-6);
        expect(top).toBeGreaterThanOrEqual(-1e-6);
        expect(left + bounds.width * zoom).toBeLessThanOrEqual(w + 1e-6);
        expect(top + bounds.height * zoom).toBeLessThanOrEqual(h + 1e-6);
        expect(left * 2 + bounds.width * zoom).toBeCloseTo(w, 3);
      },
    ),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { curveBetween, pathOf, pointAt, reversed, routeAlong, type Port } from "./route.ts";

const side = fc.constantFrom<Port["side"]>("left", "right", "top", "bottom");
const coordinate = fc.integer({ min: -2000, max: 2000 });
const port = fc.record({ x: coordinate, y: coordinate, side });

test("a route begins and ends at its ports, whatever the lane", () => {
  fc.assert(
    fc.property(port, port, fc.integer({ min: -8, max: 8 }), (from, to, lane) => {
      const route = routeAlong([curveBetween(from, to)]);
      const start = pointAt(route, 0, lane);
      const end = pointAt(route, 1, lane);
      expect(Math.hypot(start.x - from.x, start.y - from.y)).toBeLessThan(1e-6);
      expect(Math.hypot(end.x - to.x, end.y - to.y)).toBeLessThan(1e-6);
    }),
  );
});

test("the way is covered at constant speed", () => {
  const route = routeAlong([
    curveBetween({ x: 0, y: 0, side: "right" }, { x: 300, y: 120, side: "left" }),
    { x: 400, y: 120 },
  ]);
  const length = route.along.at(-1) ?? 0;
  let before = pointAt(route, 0);
  for (let step = 1; step <= 50; step++) {
    const now = pointAt(route, step / 50);
    // A chord of the polyline is never longer than the way along it.
    const moved = Math.hypot(now.x - before.x, now.y - before.y);
    expect(moved).toBeLessThanOrEqual(length / 50 + 1e-6);
    expect(moved).toBeGreaterThan((length / 50) * 0.9);
    before = now;
  }
});

test("there and back pass each other on two lanes", () => {
  const curve = curveBetween({ x: 0, y: 0, side: "right" }, { x: 200, y: 0, side: "left" });
  const there = pointAt(routeAlong([curve]), 0.5, 5);
  const back = pointAt(routeAlong([reversed(curve)]), 0.5, 5);
  expect(there.y).toBeCloseTo(5);
  expect(back.y).toBeCloseTo(-5);
});

test("the line that is drawn is the curve that is travelled", () => {
  const curve = curveBetween({ x: 0, y: 0, side: "bottom" }, { x: 100, y: 100, side: "top" });
  expect(pathOf(curve)).toBe(
    `M0 0C${curve.lead.x} ${curve.lead.y} ${curve.trail.x} ${curve.trail.y} 100 100`,
  );
  expect(curve.lead.y).toBeGreaterThan(0);
  expect(curve.trail.y).toBeLessThan(100);
});

test("a route of one point stays there", () => {
  expect(pointAt(routeAlong([{ x: 3, y: 4 }]), 0.5, 5)).toEqual({ x: 3, y: 4 });
});

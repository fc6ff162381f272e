import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLoadPlan } from "./loadPlanSchema.ts";
import type { LoadPlan } from "../setup/setup.ts";

const bounds = { requests: 10, durationMs: 1000 };
const plans: readonly LoadPlan[] = [
  { kind: "concurrency", concurrency: 4, bounds: { requests: null, durationMs: 500 }, undrawn: true },
  { kind: "rate", perSecond: 0.5, bounds },
  { kind: "rate", perSecond: 9, shape: { kind: "poisson" }, bounds, warmUpCalls: 3 },
  { kind: "rate", perSecond: 9, shape: { kind: "ramp", toPerSecond: 90 }, bounds },
  { kind: "rate", perSecond: 9, shape: { kind: "spike", toPerSecond: 90, afterMs: 0, forMs: 100 }, bounds },
];

test.each(plans)("a plan comes back as it was: $kind, $shape.kind", (plan) => {
  expect(parseLoadPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
});

test.each([
  ["a load that never ends", { ...plans[1], bounds: { requests: null, durationMs: null } }],
  ["a rate out of bounds", { ...plans[1], perSecond: 1e9 }],
  ["a member that nobody knows", { ...plans[1], evil: 1 }],
  ["a shape that nobody knows", { ...plans[1], shape: { kind: "sawtooth" } }],
  ["another kind", { ...plans[1], kind: "both" }],
])("%s is none", (_, value) => {
  expect(parseLoadPlan(value)).toBeNull();
});

test("anything can be read", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => parseLoadPlan(value) === null));
});

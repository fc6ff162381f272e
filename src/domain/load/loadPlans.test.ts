import { expect, it } from "vitest";
import { checkLoadPlan } from "./loadPlans.ts";
import type { LoadPlan } from "../setup/setup.ts";

const some = { requests: 100, durationMs: null };

it.each<LoadPlan>([
  { kind: "concurrency", concurrency: 1, bounds: some },
  { kind: "concurrency", concurrency: 10_000, bounds: { requests: null, durationMs: 100 } },
  { kind: "rate", perSecond: 0.5, bounds: { requests: 1, durationMs: 86_400_000 } },
  { kind: "rate", perSecond: 100_000, bounds: some },
])("accepts %j", (plan) => {
  expect(checkLoadPlan(plan)).toBeNull();
});

it.each<[LoadPlan, RegExp]>([
  [{ kind: "rate", perSecond: 10, bounds: { requests: null, durationMs: null } }, /never end/],
  [{ kind: "concurrency", concurrency: 0, bounds: some }, /concurrency is 0: give from 1 to 10,000\./],
  [{ kind: "concurrency", concurrency: 2.5, bounds: some }, /2\.5: give a whole number from 1/],
  [{ kind: "rate", perSecond: 0, bounds: some }, /rate is 0 requests a second: give from 0\.1 to 100,000/],
  [{ kind: "rate", perSecond: NaN, bounds: some }, /rate is not a number/],
  [{ kind: "rate", perSecond: 1, bounds: { requests: -1, durationMs: null } }, /number of requests is -1/],
  [
    { kind: "rate", perSecond: 1, bounds: { requests: null, durationMs: 10 } },
    /duration is 0\.01 s: give from 0\.1/,
  ],
])("refuses %j in words", (plan, words) => {
  expect(checkLoadPlan(plan)).toMatch(words);
});

import * as v from "valibot";
import { checkLoadPlan } from "./loadPlans.ts";
import { number, object, saidBy } from "../setup/schemaParts.ts";
import type { LoadPlan } from "../setup/setup.ts";

const parts = {
  bounds: object({ requests: v.nullable(number()), durationMs: v.nullable(number()) }),
  warmUpCalls: v.exactOptional(number()),
  undrawn: v.exactOptional(v.boolean()),
};
const shape = v.variant("kind", [
  object({ kind: v.literal("constant") }),
  object({ kind: v.literal("poisson") }),
  object({ kind: v.literal("ramp"), toPerSecond: number() }),
  object({ kind: v.literal("spike"), toPerSecond: number(), afterMs: number(), forMs: number() }),
]);
const planSchema = v.pipe(
  v.variant("kind", [
    object({ kind: v.literal("concurrency"), concurrency: number(), ...parts }),
    object({ kind: v.literal("rate"), perSecond: number(), shape: v.exactOptional(shape), ...parts }),
  ]),
  saidBy<LoadPlan>(checkLoadPlan),
);

/** A plan that was kept as data; null for anything that is none, or that could not be started. */
export function parseLoadPlan(value: unknown): LoadPlan | null {
  const parsed = v.safeParse(planSchema, value);
  return parsed.success ? parsed.output : null;
}

import { formatCount } from "../base/formats.ts";
import { plannedTotal } from "./schedules.ts";
import type { LoadPlan, OpenPlan } from "../setup/setup.ts";

/** What a load may be. The bounds are far above what one page can do, so they only stop slips of the pen. */
export const LOAD_LIMITS = {
  concurrency: { least: 1, most: 10_000 },
  perSecond: { least: 0.1, most: 100_000 },
  requests: { least: 1, most: 100_000_000 },
  /** A tenth of a second to a day. */
  durationMs: { least: 100, most: 86_400_000 },
  /** When a spike begins, and how long it lasts. */
  spikeMs: { least: 0, most: 86_400_000 },
  warmUpCalls: { least: 0, most: 1_000_000 },
} as const;

/** A call that is started later than planned by more than this counts as late. In ms. */
export const LATE_MS = 10;
/** One that would be later than this is not started any more: a burst of all of them would only choke what follows. In ms. */
export const TOO_LATE_MS = 1000;

/** What is wrong with a load plan, in words; null when it can be started. */
export function checkLoadPlan(plan: LoadPlan): string | null {
  const { requests, durationMs } = plan.bounds;
  if (requests === null && durationMs === null) {
    return "The load would never end: give a number of requests, a duration, or both.";
  }
  return (
    (plan.kind === "concurrency"
      ? checkNumber("The concurrency", plan.concurrency, LOAD_LIMITS.concurrency, "", true)
      : checkRates(plan)) ??
    (requests === null
      ? null
      : checkNumber("The number of requests", requests, LOAD_LIMITS.requests, "", true)) ??
    (durationMs === null ? null : checkNumber("The duration", durationMs / 1000, SECONDS, " s", false)) ??
    warmUpProblem(plan)
  );
}

/** How many calls at the beginning of a load are not measured. */
export function warmUpOf(plan: LoadPlan): number {
  if (plan.warmUpCalls !== undefined) return plan.warmUpCalls;
  const calls = plan.kind === "rate" ? plannedTotal(plan) : (plan.bounds.requests ?? Infinity);
  return Math.min(MOST_WARM_UP, Math.floor(calls / 10));
}

/** Where nobody says how many calls warm up. */
const MOST_WARM_UP = 100;

function checkRates({ perSecond, shape }: OpenPlan): string | null {
  const check = (what: string, rate: number): string | null =>
    checkNumber(what, rate, LOAD_LIMITS.perSecond, " requests a second", false);
  const wrong = check("The rate", perSecond);
  if (wrong !== null) return wrong;
  switch (shape?.kind) {
    case "ramp":
      return check("The rate at the end", shape.toPerSecond);
    case "spike":
      return (
        check("The rate of the spike", shape.toPerSecond) ??
        checkNumber("The beginning of the spike", shape.afterMs / 1000, SPIKE_SECONDS, " s", false) ??
        checkNumber("The length of the spike", shape.forMs / 1000, SPIKE_SECONDS, " s", false)
      );
    default:
      return null;
  }
}

/** What is wrong with a warm-up, in words; null for nothing. */
export function warmUpProblem({ warmUpCalls, bounds }: LoadPlan): string | null {
  if (warmUpCalls === undefined) return null;
  if (bounds.requests !== null && warmUpCalls >= bounds.requests) {
    return `The warm-up of ${formatCount(warmUpCalls)} leaves none of ${formatCount(bounds.requests)} requests to measure: give less.`;
  }
  return checkNumber("The warm-up", warmUpCalls, LOAD_LIMITS.warmUpCalls, " requests", true);
}

const SECONDS = { least: LOAD_LIMITS.durationMs.least / 1000, most: LOAD_LIMITS.durationMs.most / 1000 };
const SPIKE_SECONDS = { least: LOAD_LIMITS.spikeMs.least / 1000, most: LOAD_LIMITS.spikeMs.most / 1000 };

function checkNumber(
  what: string,
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
  unit: string,
  whole: boolean,
): string | null {
  const from = least < 1 ? String(least) : formatCount(least);
  const range = `from ${from} to ${formatCount(most)}${unit}`;
  if (!Number.isFinite(value)) return `${what} is not a number: give one ${range}.`;
  if (whole && !Number.isInteger(value)) return `${what} is ${value}: give a whole number ${range}.`;
  if (value < least || value > most) return `${what} is ${value}${unit}: give ${range}.`;
  return null;
}

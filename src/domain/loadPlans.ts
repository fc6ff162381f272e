import { formatCount } from "./formats.ts";
import type { LoadPlan } from "./setup.ts";

/** What a load may be. The bounds are far above what one page can do, so they only stop slips of the pen. */
export const LOAD_LIMITS = {
  concurrency: { least: 1, most: 10_000 },
  perSecond: { least: 0.1, most: 100_000 },
  requests: { least: 1, most: 100_000_000 },
  /** A tenth of a second to a day. */
  durationMs: { least: 100, most: 86_400_000 },
} as const;

/** What is wrong with a load plan, in words; null when it can be started. */
export function checkLoadPlan(plan: LoadPlan): string | null {
  const { requests, durationMs } = plan.bounds;
  if (requests === null && durationMs === null) {
    return "The load would never end: give a number of requests, a duration, or both.";
  }
  return (
    (plan.kind === "concurrency"
      ? checkNumber("The concurrency", plan.concurrency, LOAD_LIMITS.concurrency, "", true)
      : checkNumber("The rate", plan.perSecond, LOAD_LIMITS.perSecond, " requests a second", false)) ??
    (requests === null
      ? null
      : checkNumber("The number of requests", requests, LOAD_LIMITS.requests, "", true)) ??
    (durationMs === null ? null : checkNumber("The duration", durationMs / 1000, SECONDS, " s", false))
  );
}

const SECONDS = { least: LOAD_LIMITS.durationMs.least / 1000, most: LOAD_LIMITS.durationMs.most / 1000 };

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

import { repliesPerSecond, runFigures, type Run } from "./runs.ts";

/** A search for the rate at which a service saturates: steps of an open load, each at a constant rate above the one before. */
export interface KneePlan {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly steps: number;
  readonly stepMs: number;
}

export const KNEE_LIMITS = {
  perSecond: { least: 1, most: 100_000 },
  steps: { least: 2, most: 30 },
  stepMs: { least: 500, most: 60_000 },
} as const;

/** What one step showed. */
export interface KneeStep {
  /** Calls a second that were planned, and replies a second that came. */
  readonly offered: number;
  readonly achieved: number | null;
  /** Measured calls, and those without a reply. */
  readonly measured: number;
  readonly failed: number;
  /** From the planned start, in ms. Null: too few replies to tell. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Calls that were sent late or not at all. */
  readonly late: number;
  /** Why the step counts as saturated; null where it does not. */
  readonly saturated: Saturation | null;
}

export type Saturation =
  /** Fewer replies a second than ACHIEVED of what was offered, and so at least BEHIND_MS behind. */
  | "fallsBehind"
  /** More than LATE_SHARE of the calls left late or not at all: the page is the limit, not the service. A single hiccup is none. */
  | "pageFallsBehind"
  /** p99 is P99_TIMES that of the first step, and above P99_LEAST_MS. */
  | "waits";

const ACHIEVED = 0.95;
const BEHIND_MS = 200;
const LATE_SHARE = 0.25;
const P99_TIMES = 10;
const P99_LEAST_MS = 20;

/** The rule as people read it. */
export const KNEE_RULE = `A step is saturated when fewer than ${ACHIEVED * 100} % of the offered calls are answered a second and it ends at least ${BEHIND_MS} ms behind, when p99 is ${P99_TIMES} times that of the first step and above ${P99_LEAST_MS} ms, or when more than ${LATE_SHARE * 100} % of the calls leave late. The knee is the last step before the first that is. The first quarter of a step warms up.`;

export const SATURATION_WORDS: Readonly<Record<Saturation, string>> = {
  fallsBehind: "falls behind",
  pageFallsBehind: "the page falls behind",
  waits: "calls queue",
};

/** After so many saturated steps the search is over: more would only be worse. */
export const SATURATED_STEPS = 2;

/** The rates of the steps, each the same multiple of the one before, in whole calls a second. */
export function kneeRates({ fromPerSecond, toPerSecond, steps }: KneePlan): number[] {
  const ratio = (toPerSecond / fromPerSecond) ** (1 / (steps - 1));
  const rates = Array.from({ length: steps }, (_, index) => Math.round(fromPerSecond * ratio ** index));
  return [...new Set(rates)];
}

/** What is wrong with a plan, in words; null for nothing. The fields see to the bounds of each number. */
export const checkKneePlan = ({ fromPerSecond, toPerSecond }: KneePlan): string | null =>
  toPerSecond > fromPerSecond ? null : "The last rate should be above the first.";

/** What a run at a constant rate showed; `first` is the first step, null when this is it. */
export function kneeStep(run: Run, offered: number, first: KneeStep | null): KneeStep {
  const { fromPlanned, measured, failed } = runFigures(run);
  const { late: sentLate, skipped, started } = run.progress;
  const count = fromPlanned?.count ?? 0;
  const late = sentLate + skipped;
  const achieved = repliesPerSecond(run);
  const step = {
    offered,
    achieved,
    measured,
    failed,
    p50Ms: fromPlanned && count >= 2 ? fromPlanned.p50Ms : null,
    p99Ms: fromPlanned && count >= 100 ? fromPlanned.p99Ms : null,
    late,
  };
  return { ...step, saturated: saturationOf(step, count, late / Math.max(1, started + skipped), first) };
}

function saturationOf(
  { offered, achieved, p99Ms }: Pick<KneeStep, "offered" | "achieved" | "p99Ms">,
  replies: number,
  lateShare: number,
  first: KneeStep | null,
): Saturation | null {
  if (lateShare > LATE_SHARE) return "pageFallsBehind";
  // Of a step with few calls the rate is rough: one that came late would do. Being behind by so long is no chance.
  const behindMs = achieved === null ? Infinity : (replies / achieved - replies / offered) * 1000;
  if ((achieved ?? 0) < ACHIEVED * offered && behindMs >= BEHIND_MS) return "fallsBehind";
  const least = Math.max(P99_LEAST_MS, P99_TIMES * (first?.p99Ms ?? Infinity));
  return p99Ms !== null && p99Ms > least ? "waits" : null;
}

/** The last step before the first saturated one; null where there is none, or none saturated. */
export function kneeOf(steps: readonly KneeStep[]): KneeStep | null {
  const index = steps.findIndex(({ saturated }) => saturated !== null);
  return index < 1 ? null : (steps[index - 1] ?? null);
}

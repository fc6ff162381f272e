import { deriveSeed, seededRandom } from "../base/random.ts";
import type { OpenPlan } from "../setup/setup.ts";

/**
 * The open load model: when calls are planned, whatever becomes of the earlier ones. A schedule is made from its plan and a seed
 * alone. Except for Poisson's, planned times are computed from the call's position, never added up, so hours of load do not drift.
 */
export interface Schedule {
  /** When the next call is planned, in ms after the start; Infinity when there are no more. Times never fall. */
  readonly nextMs: number;
  /** Goes on to the call after it. */
  advance(): void;
}

/** A segment of time in which the rate goes from one value to another in a straight line. Rates per second. */
interface RateSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: number;
  readonly to: number;
}

/** The seed of a requester's schedules, from its own: what its payloads draw does not change them. */
export const scheduleSeed = (seed: number): number => deriveSeed(seed, "schedule");

/** The same plan and seed give the same schedule, on every machine. */
export function createSchedule(plan: OpenPlan, seed: number): Schedule {
  const { requests, durationMs } = plan.bounds;
  const most = requests ?? Infinity;
  const endMs = durationMs ?? Infinity;
  const timeOf =
    plan.shape?.kind === "poisson" ? poissonTimes(plan.perSecond, seed) : steadyTimes(segmentsOf(plan));
  let index = 0;
  const next = (): number => {
    if (index >= most) return Infinity;
    const ms = timeOf(index);
    return ms < endMs ? ms : Infinity;
  };
  let nextMs = next();
  return {
    get nextMs() {
      return nextMs;
    },
    advance() {
      if (nextMs === Infinity) return;
      index++;
      nextMs = next();
    },
  };
}

/** How many calls a second the plan wants at a time in ms after the start. */
export function plannedRate(plan: OpenPlan, atMs: number): number {
  const segment = segmentsOf(plan).find(({ toMs }) => atMs < toMs);
  if (!segment) return 0;
  const { fromMs, toMs, from, to } = segment;
  return from === to ? from : from + ((to - from) * (atMs - fromMs)) / (toMs - fromMs);
}

/** How many calls the plan wants altogether; of a Poisson schedule the mean. Infinity when nothing bounds it. */
export function plannedTotal(plan: OpenPlan): number {
  const { requests, durationMs } = plan.bounds;
  if (durationMs === null) return requests ?? Infinity;
  const whole = callsBefore(segmentsOf(plan), durationMs);
  const byDuration = plan.shape?.kind === "poisson" ? whole : Math.ceil(whole - 1e-9 * Math.max(1, whole));
  return Math.min(byDuration, requests ?? Infinity);
}

/** The first call is planned at the start, the others as the segments say: call n when n calls' worth of time is over. */
function steadyTimes(segments: readonly RateSegment[]): (index: number) => number {
  let position = 0;
  /** Calls in the segments before. */
  let before = 0;
  return (index) => {
    for (;;) {
      const segment = segments[position];
      if (!segment) return Infinity;
      const within = callsWithin(segment, segment.toMs - segment.fromMs);
      if (index - before < within || (position === segments.length - 1 && within === Infinity)) {
        return segment.fromMs + msUntil(segment, index - before);
      }
      before += within;
      position++;
    }
  };
}

function poissonTimes(perSecond: number, seed: number): () => number {
  const random = seededRandom(seed);
  let atMs = 0;
  // The logarithm of 1 − x: x can be 0, and never is 1.
  return () => (atMs -= (Math.log(1 - random()) * 1000) / perSecond);
}

function segmentsOf({ perSecond, shape, bounds }: OpenPlan): readonly RateSegment[] {
  const flat = (fromMs: number, toMs: number, rate: number): RateSegment => ({
    fromMs,
    toMs,
    from: rate,
    to: rate,
  });
  switch (shape?.kind) {
    case undefined:
    case "constant":
    case "poisson":
      return [flat(0, Infinity, perSecond)];
    case "ramp": {
      const { toPerSecond: to } = shape;
      const byRequests = bounds.requests === null ? Infinity : (2000 * bounds.requests) / (perSecond + to);
      const toMs = Math.min(byRequests, bounds.durationMs ?? Infinity);
      // What rounding leaves over at the end goes on at the rate that was reached.
      return [{ fromMs: 0, toMs, from: perSecond, to }, flat(toMs, Infinity, to)];
    }
    case "spike": {
      const { toPerSecond, afterMs, forMs } = shape;
      return [
        flat(0, afterMs, perSecond),
        flat(afterMs, afterMs + forMs, toPerSecond),
        flat(afterMs + forMs, Infinity, perSecond),
      ];
    }
  }
}

function callsBefore(segments: readonly RateSegment[], ms: number): number {
  let calls = 0;
  for (const segment of segments) {
    if (segment.fromMs >= ms) break;
    calls += callsWithin(segment, Math.min(ms, segment.toMs) - segment.fromMs);
  }
  return calls;
}

/** The integral of the rate over the first `ms` of a segment. */
function callsWithin({ fromMs, toMs, from, to }: RateSegment, ms: number): number {
  if (from === to) return (from * ms) / 1000;
  return ((from + ((to - from) * ms) / (toMs - fromMs) / 2) * ms) / 1000;
}

/** The inverse of `callsWithin`, in the form that loses no digits where the slope is small. */
function msUntil({ fromMs, toMs, from, to }: RateSegment, calls: number): number {
  if (calls <= 0) return 0;
  if (from === to) return (calls * 1000) / from;
  const slope = (to - from) / ((toMs - fromMs) / 1000);
  return (2000 * calls) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * calls)));
}

import { writeCsv } from "../base/csv.ts";
import { wholeUs, type LatencyFigures } from "../statistics/latency.ts";
import { LATE_MS } from "./loadPlans.ts";
import { OUTCOMES, outcomeOf, type Outcome } from "../events/outcomes.ts";
import { isReply, runFigures, runState, type Run, type RunState } from "./runs.ts";
import type { LoadPlan } from "../setup/setup.ts";

/** One load, as `Export results` tells it; described in docs/results.md. All durations in ms. */
export interface RunResults {
  readonly requester: string;
  readonly purpose: Run["purpose"];
  readonly model: "open" | "closed";
  readonly plan: LoadPlan;
  /** Decides the schedule where it is drawn at random. */
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly state: RunState;
  readonly started: number;
  readonly inFlight: number;
  readonly sentLate: number;
  readonly lateAfterMs: number;
  readonly notSent: number;
  /** Calls at the beginning that are in no figure below. */
  readonly warmUp: { readonly calls: number; readonly ended: number };
  /** Of measured calls. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly latencyMs: {
    readonly fromPlanned: LatencyPercentiles | null;
    readonly fromActual: LatencyPercentiles | null;
  };
  readonly startedBehindMs: LatencyPercentiles | null;
  readonly raw: { readonly held: number; readonly dropped: number };
}

export interface LatencyPercentiles {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export function runResults(run: Run): RunResults {
  const { requester, purpose, plan, seed, progress, warmUpCalls, warmedUp, raw } = run;
  const { fromPlanned, fromStart, behind } = runFigures(run);
  return {
    requester,
    purpose,
    model: plan.kind === "rate" ? "open" : "closed",
    plan,
    seed,
    // oxlint-disable-next-line no-restricted-globals -- it writes a time that was given; it asks no clock
    startedAt: new Date(run.startedAt).toISOString(),
    elapsedMs: rounded(progress.elapsedMs),
    state: runState(run),
    started: progress.started,
    inFlight: progress.started - progress.finished,
    sentLate: progress.late,
    lateAfterMs: LATE_MS,
    notSent: progress.skipped,
    warmUp: { calls: warmUpCalls, ended: warmedUp },
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, run.outcomes[outcome]])) as Record<
      Outcome,
      number
    >, // fromEntries forgets the keys
    latencyMs: { fromPlanned: percentilesOf(fromPlanned), fromActual: percentilesOf(fromStart) },
    startedBehindMs: percentilesOf(behind),
    raw: { held: raw.length, dropped: raw.dropped },
  };
}

export function percentilesOf(figures: LatencyFigures | null): LatencyPercentiles | null {
  return (
    figures && {
      count: figures.count,
      min: rounded(figures.minMs),
      mean: rounded(figures.meanMs),
      p50: rounded(figures.p50Ms),
      p90: rounded(figures.p90Ms),
      p99: rounded(figures.p99Ms),
      p999: rounded(figures.p999Ms),
      max: rounded(figures.maxMs),
    }
  );
}

const COLUMNS = [
  "call",
  "plannedMs",
  "startedMs",
  "endedMs",
  "outcome",
  "warmUp",
  "latencyFromPlannedMs",
  "latencyFromActualMs",
];

/**
 * The calls of a run one by one, as CSV (RFC 4180): times in ms after the run's start, and the latencies to the very microsecond that
 * the histograms were given; these are empty without a reply.
 */
export const rawCsv = (run: Run): string => writeCsv(COLUMNS, cellsOf(run));

function* cellsOf(run: Run): Generator<(string | number)[]> {
  for (const { index, plannedMs, startedMs, endedMs, outcome } of run.raw) {
    const name = outcomeOf(outcome);
    const replied = isReply(name);
    yield [
      index + 1,
      plannedMs.toFixed(3),
      startedMs.toFixed(3),
      endedMs.toFixed(3),
      name ?? "",
      index < run.warmUpCalls ? "yes" : "no",
      replied ? latency(endedMs - plannedMs) : "",
      replied ? latency(endedMs - startedMs) : "",
    ];
  }
}

const latency = (ms: number): string => (wholeUs(ms) / 1000).toFixed(3);

/** To a microsecond: clocks in a browser tell no more. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

import {
  createSampleRing,
  eachSample,
  type CallSample,
  type CallSamples,
  type SampleRing,
} from "./callSamples.ts";
import {
  createHistogram,
  figuresOf,
  wholeUs,
  type Histogram,
  type LatencyFigures,
} from "../statistics/latency.ts";
import { warmUpOf } from "./loadPlans.ts";
import { OUTCOMES, outcomeOf, type Outcome } from "../events/outcomes.ts";
import type { LoadPlan } from "../setup/setup.ts";
import {
  addToTimeBuckets,
  createTimeBuckets,
  packTimeBuckets,
  type TimeBuckets,
} from "../statistics/timeBuckets.ts";
import type { Instant } from "../base/instant.ts";

/** How far a load has come, as its requester tells it. */
export interface RunProgress {
  readonly running: boolean;
  readonly started: number;
  readonly finished: number;
  /** Calls that were started later than planned by more than LATE_MS. */
  readonly late: number;
  /** Calls that the plan wanted and that were not started at all. */
  readonly skipped: number;
  readonly elapsedMs: number;
}

/** One load, from its start to its end, with what was measured of it. */
export interface Run {
  readonly id: number;
  readonly requester: string;
  /** What it was run for: by a person, as a step towards the knee, or to show what a freeze does. */
  readonly purpose: "load" | "knee" | "freeze";
  readonly plan: LoadPlan;
  /** Decides the schedule where it is drawn at random. */
  readonly seed: number;
  readonly startedAt: Instant;
  /** So many calls at its beginning are not measured. */
  readonly warmUpCalls: number;
  progress: RunProgress;
  /** Its requester went away before it was over. */
  cut: boolean;
  /** It was told to stop before it was over. */
  stopped: boolean;
  /** Calls that ended, those that warm up left out. */
  readonly outcomes: Record<Outcome, number>;
  /** Calls that ended and only warmed up. */
  warmedUp: number;
  /** Of measured calls that got a reply: from when they should have been started, and from when they were. */
  readonly fromPlanned: Histogram;
  readonly fromStart: Histogram;
  /** How much later than planned measured calls were started. */
  readonly behind: Histogram;
  /** When the first and the last reply to a measured call came, in ms after the start. */
  firstReplyMs: number;
  lastReplyMs: number;
  /** Of `fromPlanned`. */
  readonly timeBuckets: TimeBuckets;
  /** The newest calls that ended, one by one, in the order in which they did; those that warm up included. */
  readonly raw: SampleRing;
}

/** How a run goes, or how it ended. `stopped` and `cut`: before its plan was through. */
export type RunState = "running" | "ended" | "stopped" | "cut";

export function runState({ progress, cut, stopped }: Run): RunState {
  if (progress.running) return "running";
  return cut ? "cut" : stopped ? "stopped" : "ended";
}

/** So many calls of a run are held one by one; its histograms have all of them. */
export const MOST_RAW = 50_000;

type Begin = Pick<Run, "id" | "requester" | "purpose" | "plan" | "seed" | "startedAt">;

export function createRun(begin: Begin): Run {
  return {
    ...begin,
    warmUpCalls: warmUpOf(begin.plan),
    progress: { running: true, started: 0, finished: 0, late: 0, skipped: 0, elapsedMs: 0 },
    cut: false,
    stopped: false,
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>, // fromEntries forgets the keys
    warmedUp: 0,
    fromPlanned: createHistogram(3),
    fromStart: createHistogram(3),
    behind: createHistogram(3),
    firstReplyMs: Infinity,
    lastReplyMs: -Infinity,
    timeBuckets: createTimeBuckets(),
    raw: createSampleRing(MOST_RAW),
  };
}

/** Adds what its requester told. Changes the run in place. */
export function addToRun(run: Run, progress: RunProgress, samples: CallSamples | null): void {
  run.progress = progress;
  if (samples === null) return;
  for (const sample of eachSample(samples)) {
    run.raw.add(sample);
    if (sample.index < run.warmUpCalls) run.warmedUp++;
    else measure(run, sample);
  }
}

function measure(run: Run, sample: CallSample): void {
  const outcome = outcomeOf(sample.outcome);
  if (outcome === undefined) return;
  run.outcomes[outcome]++;
  run.behind.recordValue(wholeUs(sample.startedMs - sample.plannedMs));
  if (!isReply(outcome)) return;
  const us = wholeUs(sample.endedMs - sample.plannedMs);
  run.firstReplyMs = Math.min(run.firstReplyMs, sample.endedMs);
  run.lastReplyMs = Math.max(run.lastReplyMs, sample.endedMs);
  run.fromPlanned.recordValue(us);
  run.fromStart.recordValue(wholeUs(sample.endedMs - sample.startedMs));
  addToTimeBuckets(run.timeBuckets, sample.plannedMs, us);
}

/** Holds in less room what is not looked at any more: the calls one by one go, the rest stays. */
export function packRun(run: Run): void {
  run.raw.drop();
  packTimeBuckets(run.timeBuckets);
}

/** Replies a second, from the first to the last one; null for fewer than two. How long one takes does not matter to it. */
export function repliesPerSecond({ fromStart, firstReplyMs, lastReplyMs }: Run): number | null {
  const ms = lastReplyMs - firstReplyMs;
  return ms > 0 ? ((fromStart.totalCount - 1) * 1000) / ms : null;
}

/** Whether a call's latency counts: it got a reply, also one that says error. */
export const isReply = (outcome: Outcome | undefined): boolean =>
  outcome === "replied" || outcome === "errorReply";

/** What is shown of a run at a moment. */
export interface RunFigures {
  /** Null where nothing planned a call: in a closed load. */
  readonly fromPlanned: LatencyFigures | null;
  readonly fromStart: LatencyFigures | null;
  /** How much later than planned calls were started; null as above. */
  readonly behind: LatencyFigures | null;
  /** Measured calls, and those of them that ended without a reply. */
  readonly measured: number;
  readonly failed: number;
}

export function runFigures({ plan, outcomes, fromPlanned, fromStart, behind }: Run): RunFigures {
  const open = plan.kind === "rate";
  const measured = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
  return {
    fromPlanned: open ? figuresOf(fromPlanned) : null,
    fromStart: figuresOf(fromStart),
    behind: open ? figuresOf(behind) : null,
    measured,
    failed: measured - outcomes.replied - outcomes.errorReply,
  };
}

import { isProgressDue, PROGRESS_LOOK_MS } from "../../domain/base/cadences.ts";
import { createSampleWriter, type CallSamples } from "../../domain/load/callSamples.ts";
import { LATE_MS, TOO_LATE_MS } from "../../domain/load/loadPlans.ts";
import { outcomeCode } from "../../domain/events/outcomes.ts";
import { createSchedule } from "../../domain/load/schedules.ts";
import type { ClosedPlan, LoadPlan, OpenPlan } from "../../domain/setup/setup.ts";
import type { Connection } from "../../wire/connection/connect.ts";
import type { CallEnd, Requester } from "../../wire/requests/request.ts";
import type { CallSource } from "./callSource.ts";
import type { LoadProgress } from "../messages.ts";
import { createPacer } from "./pacer.ts";
import { hasCapacity } from "./backpressure.ts";

export interface LoadOptions {
  readonly run: number;
  readonly plan: LoadPlan;
  /** Decides the schedule where it is drawn at random. */
  readonly seed: number;
  readonly source: CallSource;
  readonly requester: Requester;
  readonly connection: Connection;
  /** The requester's: epoch ms with a fraction. */
  readonly clock: () => number;
  /** About ten times a second, four times while much ends and once where that is not drawn, and when the load ends, with what ended since the last time. */
  readonly onProgress: (progress: LoadProgress, samples: CallSamples | null) => void;
}

export interface Load {
  readonly running: boolean;
  /** Starts no more calls. The load runs until those in flight have their outcomes. */
  stop(): void;
}

/** How long a place in a closed load rests after a call of which nothing could be sent: else it would spin. */
const REST_MS = 100;
/** How long a closed load waits for room, in ms. */
const RETRY_MS = 5;

/** Runs a load until its bounds are reached and every call has its outcome, or until it is stopped. */
export function startLoad(options: LoadOptions): Load {
  const { run, plan, seed, source, requester, connection, clock, onProgress } = options;
  let samples = createSampleWriter();
  const startedAt = clock();
  const elapsedMs = (): number => clock() - startedAt;
  let started = 0;
  let finished = 0;
  let late = 0;
  let skipped = 0;
  /** No more calls will be started. */
  let over = false;
  let endedMs: number | null = null;

  let toldFinished = 0;
  let toldMs = 0;
  const timer = setInterval(() => {
    if (isProgressDue(elapsedMs() - toldMs, finished - toldFinished, plan.undrawn !== true)) tellProgress();
  }, PROGRESS_LOOK_MS);
  tellProgress();

  function tellProgress(): void {
    const running = endedMs === null;
    toldFinished = finished;
    toldMs = elapsedMs();
    const progress = { run, running, started, finished, late, skipped, elapsedMs: endedMs ?? elapsedMs() };
    onProgress(progress, samples.take());
  }

  /** Ends the load when nothing of it is left to happen. */
  function settle(): void {
    if (!over || finished < started || endedMs !== null) return;
    endedMs = elapsedMs();
    clearInterval(timer);
    tellProgress();
    // A load that is over is remembered until the next, but not the room that its calls took.
    samples = createSampleWriter();
  }

  function startOver(): void {
    over = true;
    settle();
  }

  /** Makes one call; in a closed load nothing is planned but to start it now. */
  function call(planned: number | null, then: (end: CallEnd) => void): void {
    const index = started++;
    if (planned !== null && elapsedMs() - planned > LATE_MS) late++;
    void source.next().then((end) => {
      finished++;
      const startedMs = end.startedAt - startedAt;
      samples.add(index, planned ?? startedMs, startedMs, end.endedAt - startedAt, outcomeCode(end.outcome));
      settle();
      then(end);
    });
  }

  const stop = plan.kind === "concurrency" ? runClosed(plan) : runOpen(plan);

  /** Keeps `concurrency` calls in flight. */
  function runClosed({ concurrency, bounds }: ClosedPlan): () => void {
    const most = bounds.requests ?? Infinity;
    const deadline = bounds.durationMs ?? Infinity;
    const restThenPlace = (ms: number): void => void setTimeout(() => place(clock()), ms);
    const onEnd = ({ sent, endedAt }: CallEnd): void => (sent ? place(endedAt) : restThenPlace(REST_MS));
    /** `now` is told, because the clock was read for the call before. */
    function place(now: number): void {
      if (over || started >= most || now - startedAt >= deadline) startOver();
      else if (hasCapacity(requester, connection)) call(null, onEnd);
      else restThenPlace(RETRY_MS);
    }
    const places = Math.min(concurrency, most);
    for (let n = 0; n < places; n++) place(startedAt);
    const timer = Number.isFinite(deadline) ? setTimeout(startOver, deadline) : undefined;
    return () => clearTimeout(timer);
  }

  /** Starts calls when they are planned, whatever is still in flight. */
  function runOpen(open: OpenPlan): () => void {
    const schedule = createSchedule(open, seed);
    const pacer = createPacer(tick);
    function tick(): void {
      const nowMs = elapsedMs();
      for (let { nextMs } = schedule; nextMs <= nowMs; { nextMs } = schedule) {
        schedule.advance();
        if (nowMs - nextMs > TOO_LATE_MS || !hasCapacity(requester, connection)) skipped++;
        else call(nextMs, () => {});
      }
      if (schedule.nextMs === Infinity) end();
      else pacer.wakeIn(schedule.nextMs - elapsedMs());
    }
    function end(): void {
      pacer.close();
      startOver();
    }
    tick();
    return () => pacer.close();
  }

  return {
    get running() {
      return endedMs === null;
    },
    stop() {
      stop();
      startOver();
    },
  };
}

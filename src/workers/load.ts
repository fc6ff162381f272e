import { dueBy, plannedEndMs, plannedTotal, type Schedule } from "../domain/schedules.ts";
import type { LoadBounds, LoadPlan } from "../domain/setup.ts";
import type { Connection } from "../wire/connect.ts";
import type { CallEnd, Requester } from "../wire/request.ts";
import type { CallSource } from "./callSource.ts";
import type { LoadProgress } from "./messages.ts";
import { hasRoom } from "./room.ts";

export interface LoadOptions {
  readonly plan: LoadPlan;
  readonly source: CallSource;
  readonly requester: Requester;
  readonly connection: Connection;
  /** About ten times a second, and once when the load ends. */
  readonly onProgress: (progress: LoadProgress) => void;
}

export interface Load {
  readonly running: boolean;
  /** Starts no more calls. The load runs until those in flight have their outcomes. */
  stop(): void;
}

const PROGRESS_MS = 100;
/** How often an open load looks for planned calls, in ms. Calls due in between are started together. */
const TICK_MS = 2;
/** A planned call that is later than this is not made any more: a burst of all of them would only choke what follows. */
const LATEST_MS = 1000;
/** How long a place in a closed load rests after a call of which nothing could be sent: else it would spin. */
const REST_MS = 100;
/** How long a closed load waits for room, in ms. */
const RETRY_MS = 5;

/** Runs a load until its bounds are reached and every call has its outcome, or until it is stopped. */
export function startLoad(options: LoadOptions): Load {
  const { plan, source, requester, connection, onProgress } = options;
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  let started = 0;
  let finished = 0;
  let skipped = 0;
  /** No more calls will be started. */
  let over = false;
  let endedMs: number | null = null;

  const timer = setInterval(tellProgress, PROGRESS_MS);
  tellProgress();

  function tellProgress(): void {
    const running = endedMs === null;
    onProgress({ running, started, finished, skipped, elapsedMs: endedMs ?? elapsedMs() });
  }

  /** Ends the load when nothing of it is left to happen. */
  function settle(): void {
    if (!over || finished < started || endedMs !== null) return;
    endedMs = elapsedMs();
    clearInterval(timer);
    tellProgress();
  }

  function startOver(): void {
    over = true;
    settle();
  }

  async function call(): Promise<CallEnd> {
    started++;
    const end = await source.next();
    finished++;
    settle();
    return end;
  }

  const stop =
    plan.kind === "concurrency"
      ? runClosed(plan.concurrency, plan.bounds)
      : runOpen({ perSecond: plan.perSecond, bounds: plan.bounds });

  /** Keeps `concurrency` calls in flight. */
  function runClosed(concurrency: number, bounds: LoadBounds): () => void {
    const most = bounds.requests ?? Infinity;
    const deadline = bounds.durationMs ?? Infinity;
    async function place(): Promise<void> {
      while (!over && started < most && elapsedMs() < deadline) {
        if (!hasRoom(requester, connection)) await pause(RETRY_MS);
        else if (!(await call()).sent) await pause(REST_MS);
      }
      startOver();
    }
    const places = Math.min(concurrency, most);
    for (let n = 0; n < places; n++) void place();
    const timer = Number.isFinite(deadline) ? setTimeout(startOver, deadline) : undefined;
    return () => clearTimeout(timer);
  }

  /** Starts calls when they are planned, whatever is still in flight. */
  function runOpen(schedule: Schedule): () => void {
    const total = plannedTotal(schedule);
    const endMs = plannedEndMs(schedule);
    const mostLate = Math.ceil((schedule.perSecond * LATEST_MS) / 1000);
    function tick(): void {
      const nowMs = elapsedMs();
      let due = dueBy(schedule, nowMs) - started - skipped;
      if (due > mostLate) {
        skipped += due - mostLate;
        due = mostLate;
      }
      for (; due > 0; due--) {
        if (hasRoom(requester, connection)) void call();
        else skipped++;
      }
      if (started + skipped >= total || nowMs >= endMs) {
        clearInterval(timer);
        startOver();
      }
    }
    const timer = setInterval(tick, TICK_MS);
    tick();
    return () => clearInterval(timer);
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

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

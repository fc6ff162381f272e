import { createStore } from "zustand/vanilla";
import type { EventBatch } from "../domain/batch.ts";
import type { PeerId, PeerState } from "../domain/events.ts";
import { fold, foldState } from "../domain/fold.ts";
import { clear, createRecord, type TrafficRecord } from "../domain/record.ts";
import { pageNow } from "./clock.ts";

interface RecordState {
  /** One structure that is changed in place; read it through the functions in src/domain. */
  readonly record: TrafficRecord;
  /** Grows when the record changed, at most once a frame. Select this to be told. */
  readonly version: number;
}

export const recordStore = createStore<RecordState>(() => {
  const record = createRecord();
  return { record, version: record.version };
});

interface Arrived {
  readonly batch: EventBatch;
  readonly peer: PeerId;
  readonly offsetMs: number;
}

let waiting: Arrived[] = [];
let scheduled = false;
let foldedAt = -Infinity;

/** With so many events waiting there is no need for another fold in the very next frame. */
const MANY_EVENTS = 24;
/** How far apart folds are then, in ms: every third frame, which do not come to the ms. */
const BUSY_FOLD_MS = 45;

/** A timer that ends so much before a frame is due does not ask for the one before it. */
const HALF_FRAME_MS = 8;

/** Takes a worker's events; they are in the record by the next frame. */
export function receiveEvents(peer: PeerId, batch: EventBatch, offsetMs: number): void {
  waiting.push({ batch, peer, offsetMs });
  if (scheduled) return;
  scheduled = true;
  // A hidden page gets no frames, but its workers go on: fold at once there, or the queue would only grow.
  if (document.hidden) queueMicrotask(foldWaiting);
  else foldSoon();
}

/** Folds in the next frame, or in a later one where much waits and it is too early to fold again. */
function foldSoon(): void {
  const early = earlyMs();
  // Not by asking for each frame in between: one in which nothing changes costs the page half of one in which something does.
  if (early > 0) setTimeout(() => requestAnimationFrame(foldInFrame), early - HALF_FRAME_MS);
  else requestAnimationFrame(foldInFrame);
}

function foldInFrame(): void {
  if (earlyMs() > 0) foldSoon();
  else foldWaiting();
}

/** For how many ms it is too early to fold again; 0 or less when it is not. */
function earlyMs(): number {
  const events = waiting.reduce((sum, { batch }) => sum + batch.count, 0);
  return events < MANY_EVENTS ? 0 : foldedAt + BUSY_FOLD_MS - performance.now();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) foldWaiting();
});

function foldWaiting(): void {
  scheduled = false;
  foldedAt = performance.now();
  const arrived = waiting;
  if (arrived.length === 0) return;
  waiting = [];
  const { record } = recordStore.getState();
  for (const { batch, peer, offsetMs } of arrived) fold(record, batch, peer, offsetMs);
  publish();
}

/** Records a change of a peer's state that only the page can know, such as a worker it has just ended. */
export function recordPeerState(peer: PeerId, state: PeerState, reason: string): void {
  foldWaiting();
  foldState(recordStore.getState().record, peer, state, pageNow(), reason);
  publish();
}

/** Empties the record. Calls in flight stay counted, so that the counters still add up. */
export function clearRecord(): void {
  foldWaiting();
  clear(recordStore.getState().record);
  publish();
}

function publish(): void {
  recordStore.setState({ version: recordStore.getState().record.version });
}

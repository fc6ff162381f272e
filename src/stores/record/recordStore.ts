import type { Reason } from "../../domain/events/reasons.ts";
import { foldEveryMs, HALF_FRAME_MS } from "../../domain/base/cadences.ts";
import { createStore } from "zustand/vanilla";
import type { EventBatch } from "../../domain/events/batch.ts";
import type { Instant } from "../../domain/base/instant.ts";
import type { PeerId, PeerState } from "../../domain/events/events.ts";
import { attributionDueAt, noteTold } from "../../domain/record/outside.ts";
import { fold, foldState } from "../../domain/record/fold.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { pageNow } from "../page/clock.ts";
import { isRenderingSuspended, renderingStore } from "./renderingSuspended.ts";
import { clear, createRecord } from "../../domain/record/createRecord.ts";

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

/** So many events may wait while the page stands still: some 20 MB of them. */
const MOST_WAITING = 200_000;

/** Takes a worker's events; they are in the record by the next frame. */
export function receiveEvents(peer: PeerId, batch: EventBatch, offsetMs: number): void {
  waiting.push({ batch, peer, offsetMs });
  if (scheduled || (isRenderingSuspended() && waitingEvents() < MOST_WAITING)) return;
  schedule();
}

/** A peer has told all that it did up to an instant; it told so after the events that are waiting. */
export function receiveTold(peer: PeerId, upTo: Instant): void {
  told.set(peer, upTo);
  if (!scheduled && !isRenderingSuspended()) schedule();
}

const told = new Map<PeerId, Instant>();

function schedule(): void {
  scheduled = true;
  // A hidden page gets no frames, but its workers go on: fold at once there, or the queue would only grow. And one that stands still
  // is not to make any.
  if (document.hidden || isRenderingSuspended()) queueMicrotask(foldWaiting);
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
  const everyMs = foldEveryMs(waitingEvents());
  return everyMs === 0 ? 0 : foldedAt + everyMs - performance.now();
}

const waitingEvents = (): number => waiting.reduce((sum, { batch }) => sum + batch.count, 0);

renderingStore.subscribe(() => {
  if (!isRenderingSuspended() && !scheduled) schedule();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) foldWaiting();
});

function foldWaiting(): void {
  scheduled = false;
  foldedAt = performance.now();
  const arrived = waiting;
  waiting = [];
  const { record, version } = recordStore.getState();
  for (const { batch, peer, offsetMs } of arrived) fold(record, batch, peer, offsetMs);
  const awaited = attributionDueAt(record) !== null;
  for (const [peer, upTo] of told) noteTold(record, peer, upTo);
  if (awaited && told.size > 0) record.version++;
  told.clear();
  // Whoever is told draws.
  if (record.version !== version && !isRenderingSuspended()) publish();
}

/** Takes into the record what has arrived, for whoever reads it now and not with the next frame. */
export const catchUp = foldWaiting;

/** Records a change of a peer's state that only the page can know, such as a worker it has just ended. */
export function recordPeerState(peer: PeerId, state: PeerState, reason: Reason | null): void {
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

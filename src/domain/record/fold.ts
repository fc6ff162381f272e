import { decodeReason, encodeReason, type Reason } from "../events/reasons.ts";
import type { EventBatch } from "../events/batch.ts";
import { dropCheckpoints, noteFolded } from "./checkpoints.ts";
import { correctTime, moveOthers } from "./clockSkew.ts";
import { appendRows } from "./eventRing.ts";
import { rowOfSeq } from "./exchangeRing.ts";
import { textOf } from "./eventTexts.ts";
import { internSubject, seqFor } from "./exchangeTable.ts";
import { isGone, KIND, PEER_STATES, type PeerId, type PeerState } from "../events/events.ts";
import { noteTold } from "./outside.ts";
import { countersOf, noteLastError } from "./peerCounters.ts";
import { reduce } from "./reduce.ts";
import { countLostTexts, keepTexts } from "./textStore.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { decodeUtf8, encodeUtf8 } from "../base/utf8.ts";
import type { Instant } from "../base/instant.ts";

/**
 * Folds a worker's events into the record. Events of one peer come in order; those of different peers in any. Costs some
 * typed-array reads and writes an event: no object is made and no text is decoded. Unknown kinds and codes are passed over.
 * `offsetMs` brings the worker's clock to the page's.
 */
export function fold(record: TrafficRecord, batch: EventBatch, peer: PeerId, offsetMs: number): void {
  const { events, texts } = record;
  let textAt = keepTexts(texts, batch.bytes);
  for (let from = 0; from < batch.count; from += events.capacity) {
    // More than the ring holds goes in by parts, so that no event is overwritten before it was looked at.
    textAt = foldPart(
      record,
      batch,
      from,
      Math.min(batch.count, from + events.capacity),
      peer,
      offsetMs,
      textAt,
    );
  }
  if (batch.count > 0 && record.told.has(peer)) noteTold(record, peer, batch.at[batch.count - 1]! + offsetMs);
  dropCheckpoints(record);
  countLostTexts(texts, events);
  record.version++;
}

/**
 * Folds rows `from` up to `to`: what is decided once of each event, such as its exchange and its time, and then what any record makes
 * of it. `textAt` is where the texts of the first begin in the text store; gives where the next do.
 */
function foldPart(
  record: TrafficRecord,
  batch: EventBatch,
  from: number,
  to: number,
  peer: PeerId,
  offsetMs: number,
  textAt: number,
): number {
  const { events, exchanges } = record;
  const counts = countersOf(record, peer);
  const { lengths } = batch;
  const bytesAt = record.texts.end - batch.bytes.length; // Where the batch's own bytes begin in the text store.
  const first = appendRows(events, batch, from, to, peer);
  let e = first % events.capacity;

  // Rows below count exist in every column by the batch's own promise, and rows of rings by their capacity: hence each `!`.
  for (let i = from; i < to; i++) {
    const number = first + i - from;
    const kind = batch.kind[i]!;
    const length = lengths[i * 4]! + lengths[i * 4 + 1]! + lengths[i * 4 + 2]! + lengths[i * 4 + 3]!;
    events.at[e] = batch.at[i]! + offsetMs;
    events.textAt[e] = length === 0 ? -1 : textAt;
    const seq = seqFor(record, number);
    events.exchange[e] = seq;
    events.verdict[e] = 0;
    correctTime(record, number, counts);
    if (kind === KIND.state) {
      const from = textAt - bytesAt;
      keepReason(record, number, decodeReason(decodeUtf8(batch.bytes, from, from + length)));
    }
    if (kind === KIND.subscribed) noteQueue(record, number);
    reduce(record, number);
    if (kind === KIND.attempted || kind === KIND.sent || kind === KIND.delivered) {
      const row = rowOfSeq(exchanges, seq);
      if (row >= 0)
        internSubject(exchanges, row, batch.bytes, textAt - bytesAt, lengths[i * 4]!, batch.flags[i]!);
    }
    moveOthers(record, number);
    noteFolded(record, number, events.at[e]!);
    textAt += length;
    if (++e === events.capacity) e = 0;
  }
  noteLastError(record, counts);
  return textAt;
}

/** Remembers the queue group of a subscription. */
function noteQueue(record: TrafficRecord, number: number): void {
  const { events, queues } = record;
  const e = number % events.capacity;
  const peer = events.peer[e]!;
  const queue = textOf(record, number, "reply");
  const known = queues.get(peer) ?? new Map<number, string>();
  if (queue === "") known.delete(events.code[e]!);
  else known.set(events.code[e]!, queue);
  queues.set(peer, known);
}

/** Why peers changed their states is remembered beyond the texts of events, for so many changes. */
const MOST_REASONS = 4096;

function keepReason({ reasons }: TrafficRecord, number: number, reason: Reason | null): void {
  if (reason === null) return;
  reasons.set(number, reason);
  if (reasons.size <= MOST_REASONS) return;
  for (const oldest of reasons.keys()) {
    reasons.delete(oldest);
    return;
  }
}

/**
 * Folds a change of a peer's state that only the page can know, such as the end of a worker. What a peer that is gone had in
 * flight is settled: nobody else ever will.
 */
export function foldState(
  record: TrafficRecord,
  peer: PeerId,
  state: PeerState,
  at: Instant,
  reason: Reason | null,
): void {
  const bytes = encodeUtf8(reason === null ? "" : encodeReason(reason));
  const one: EventBatch = {
    count: 1,
    at: Float64Array.of(at),
    kind: Uint8Array.of(KIND.state),
    flags: Uint8Array.of(0),
    exchange: Float64Array.of(0),
    link: Float64Array.of(0),
    code: Uint32Array.of(PEER_STATES.indexOf(state)),
    size: Uint32Array.of(bytes.length),
    lengths: Uint32Array.of(0, 0, 0, bytes.length),
    bytes,
  };
  fold(record, one, peer, 0);
  if (isGone(state)) record.told.delete(peer);
}

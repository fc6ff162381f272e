import type { EventBatch } from "./batch.ts";
import {
  isGone,
  KIND,
  FLAG,
  HANDLER_RESULTS,
  PEER_STATES,
  EVENT_KINDS,
  type Instant,
  type PeerId,
  type PeerState,
} from "./events.ts";
import { UNSETTLED } from "./exchangeRing.ts";
import { addLatency, addFailure } from "./latency.ts";
import { OUTCOMES, outcomeCode } from "./outcomes.ts";
import type { TallyCounts, TrafficRecord } from "./record.ts";
import { replyKey } from "./replyKey.ts";
import { keepText } from "./textStore.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

const REPLIED = outcomeCode("replied");
const ERROR_REPLY = outcomeCode("errorReply");
const DROPPED = HANDLER_RESULTS.indexOf("dropped");
const THREW = HANDLER_RESULTS.indexOf("threw");
/** The status of the server's “no responders”. */
const NO_RESPONDERS = 503;
/** Subjects told apart; further ones are still recorded, under no name. */
const MOST_SUBJECTS = 4096;

/**
 * Folds a worker's events into the record. Events of one peer come in order; those of different peers in any. Costs a few
 * typed-array writes an event: no text is decoded and nothing is made but the row of a new exchange. Unknown kinds and codes
 * are passed over. `offsetMs` brings the worker's clock to the page's.
 */
export function fold(record: TrafficRecord, batch: EventBatch, peer: PeerId, offsetMs: number): void {
  const { lengths } = batch;
  let text = 0;
  for (let i = 0; i < batch.count; i++) {
    const at = batch.at[i]! + offsetMs; // rows below count exist in every column, by the batch's own promise
    const kind = batch.kind[i]!;
    const length = lengths[i * 4]! + lengths[i * 4 + 1]! + lengths[i * 4 + 2]! + lengths[i * 4 + 3]!;
    if (kind < EVENT_KINDS.length) foldOne(record, batch, i, peer, at, kind, text, length);
    text += length;
  }
  record.version++;
}

function foldOne(
  record: TrafficRecord,
  batch: EventBatch,
  i: number,
  peer: PeerId,
  at: Instant,
  kind: number,
  text: number,
  length: number,
): void {
  const key = batch.exchange[i]!;
  const link = batch.link[i]!;
  const code = batch.code[i]!;
  const flags = batch.flags[i]!;
  const seq = key === 0 || kind === KIND.concluded ? 0 : exchangeFor(record, kind, key, at);
  const { events, exchanges } = record;
  const row = seq % exchanges.capacity;

  const number = ++events.last;
  const e = number % events.capacity;
  events.at[e] = at;
  events.kind[e] = kind;
  events.flags[e] = flags;
  events.peer[e] = peer;
  events.exchange[e] = seq;
  events.link[e] = link;
  events.code[e] = code;
  events.size[e] = batch.size[i]!;
  events.previous[e] = seq === 0 ? 0 : exchanges.newest[row]!;
  if (seq !== 0) exchanges.newest[row] = number;
  for (let part = 0; part < 4; part++) events.lengths[e * 4 + part] = batch.lengths[i * 4 + part]!;
  events.textAt[e] = length === 0 ? -1 : keepText(record.texts, batch.bytes, text, length);

  switch (kind) {
    case KIND.called:
      record.calls.started++;
      record.openCalls.set(link, { peer, calledAt: at });
      return;
    case KIND.concluded: {
      const call = record.openCalls.get(link);
      if (!call || code >= OUTCOMES.length) return;
      record.openCalls.delete(link);
      record.calls.ended[code]!++;
      if (code === REPLIED || code === ERROR_REPLY) addLatency(record.latency, at, at - call.calledAt);
      else addFailure(record.latency, at);
      return;
    }
    case KIND.attempted:
      if (seq === 0) return;
      tallyOf(record, peer).sent++;
      if (exchanges.attemptedAt[row] !== 0) return;
      exchanges.attemptedAt[row] = at;
      exchanges.requester[row] = peer;
      if ((flags & FLAG.nested) === 0) exchanges.call[row] = link;
      else exchanges.parent[row] = link;
      record.served -= exchanges.answers[row]!; // They were thought to be for somebody outside.
      record.attempts.started++;
      record.openExchanges.set(seq, peer);
      nameSubject(record, row, batch, i, text);
      return;
    case KIND.delivered: {
      const tally = tallyOf(record, peer);
      tally.received++;
      tally.inHand.set(key, false);
      if (exchanges.deliveries[row]!++ === 0) exchanges.responder[row] = peer;
      nameSubject(record, row, batch, i, text);
      return;
    }
    case KIND.handling:
      tallyOf(record, peer).inHand.set(key, true);
      return;
    case KIND.handled: {
      const tally = tallyOf(record, peer);
      tally.inHand.delete(key);
      if (code === DROPPED) tally.dropped++;
      if (code === THREW) tally.lastError = decodeUtf8(batch.bytes, text, text + length);
      return;
    }
    case KIND.answered: {
      const tally = tallyOf(record, peer);
      if ((flags & FLAG.error) === 0) tally.replied++;
      else tally.errors++;
      if (seq === 0) return;
      exchanges.answers[row]!++;
      if (exchanges.attemptedAt[row] === 0) record.served++;
      return;
    }
    case KIND.arrived:
      if (code !== NO_RESPONDERS) arrive(record, seq, row, record.openEvicted.has(key));
      return;
    case KIND.settled:
      if (code >= OUTCOMES.length) return;
      if (seq !== 0 && record.openExchanges.delete(seq)) settle(record, row, at, code);
      else if (seq === 0 && record.openEvicted.delete(key)) record.attempts.ended[code]!++;
      return;
    case KIND.state: {
      const state = PEER_STATES[code];
      if (state !== undefined && isGone(state)) endPeer(record, peer, state, at);
      return;
    }
  }
}

/** The exchange an event belongs to; 0 when its row gave way. Only a request seen at either end makes a new row. */
function exchangeFor(record: TrafficRecord, kind: number, key: number, at: Instant): number {
  const ring = record.exchanges;
  const known = ring.rows.get(key);
  if (known !== undefined) {
    const row = known % ring.capacity;
    if (at < ring.firstAt[row]!) ring.firstAt[row] = at;
    return known;
  }
  if (
    (kind !== KIND.attempted && kind !== KIND.sent && kind !== KIND.delivered) ||
    record.openEvicted.has(key)
  )
    return 0;
  const seq = ++ring.last;
  const row = seq % ring.capacity;
  if (seq > ring.capacity) evict(record, seq - ring.capacity, row);
  ring.rows.set(key, seq);
  ring.key[row] = key;
  ring.firstAt[row] = at;
  ring.outcome[row] = UNSETTLED;
  for (const column of [
    ring.attemptedAt,
    ring.settledAt,
    ring.requester,
    ring.call,
    ring.parent,
    ring.deliveries,
    ring.answers,
    ring.arrivals,
    ring.late,
    ring.duplicate,
    ring.responder,
    ring.subject,
    ring.newest,
  ]) {
    column[row] = 0;
  }
  return seq;
}

function evict(record: TrafficRecord, seq: number, row: number): void {
  const key = record.exchanges.key[row]!;
  if (record.exchanges.rows.get(key) === seq) record.exchanges.rows.delete(key);
  const peer = record.openExchanges.get(seq);
  if (peer === undefined) return;
  record.openExchanges.delete(seq);
  record.openEvicted.set(key, peer);
}

/** The first reply to a waiting request is taken; one after it is a duplicate; one after a timeout is late. */
function arrive(record: TrafficRecord, seq: number, row: number, evictedOpen: boolean): void {
  const { exchanges } = record;
  if (seq === 0) {
    // Its exchange gave way. While that is open this is its reply; else all that is known is that it came after the end.
    if (!evictedOpen) record.late++;
    return;
  }
  const taken = exchanges.arrivals[row]! > exchanges.late[row]! + exchanges.duplicate[row]!;
  exchanges.arrivals[row]!++;
  if (taken) {
    exchanges.duplicate[row]!++;
    record.duplicate++;
  } else if (exchanges.settledAt[row] !== 0) {
    exchanges.late[row]!++;
    record.late++;
  }
}

function settle(record: TrafficRecord, row: number, at: Instant, code: number): void {
  record.exchanges.settledAt[row] = at;
  record.exchanges.outcome[row] = code;
  record.attempts.ended[code]!++;
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
  reason: string,
): void {
  const payload = encodeUtf8(reason);
  const { events } = record;
  const number = ++events.last;
  const e = number % events.capacity;
  events.at[e] = at;
  events.kind[e] = KIND.state;
  events.flags[e] = 0;
  events.peer[e] = peer;
  events.exchange[e] = 0;
  events.link[e] = 0;
  events.code[e] = PEER_STATES.indexOf(state);
  events.size[e] = payload.length;
  events.previous[e] = 0;
  events.lengths.fill(0, e * 4, e * 4 + 3);
  events.lengths[e * 4 + 3] = payload.length;
  events.textAt[e] = payload.length === 0 ? -1 : keepText(record.texts, payload, 0, payload.length);
  if (isGone(state)) endPeer(record, peer, state, at);
  record.version++;
}

function endPeer(record: TrafficRecord, peer: PeerId, state: PeerState, at: Instant): void {
  const code = outcomeCode(state === "killed" || state === "crashed" ? "connectionLost" : "cancelled");
  for (const [id, call] of record.openCalls) {
    if (call.peer !== peer) continue;
    record.openCalls.delete(id);
    record.calls.ended[code]!++;
    addFailure(record.latency, at);
  }
  for (const [seq, owner] of record.openExchanges) {
    if (owner !== peer) continue;
    record.openExchanges.delete(seq);
    settle(record, seq % record.exchanges.capacity, at, code);
  }
  for (const [key, owner] of record.openEvicted) {
    if (owner !== peer) continue;
    record.openEvicted.delete(key);
    record.attempts.ended[code]!++;
  }
  tallyOf(record, peer).inHand.clear();
  const times = record.gone.get(peer) ?? [];
  times.push(at);
  record.gone.set(peer, times.slice(-MOST_ENDS));
}

/** How many ends of one peer are remembered, for telling which of its deliveries they cut short. */
const MOST_ENDS = 64;

export function tallyOf(record: TrafficRecord, peer: PeerId): TallyCounts {
  const known = record.tallies.get(peer);
  if (known) return known;
  const made: TallyCounts = {
    received: 0,
    replied: 0,
    errors: 0,
    dropped: 0,
    sent: 0,
    lastError: "",
    inHand: new Map(),
  };
  record.tallies.set(peer, made);
  return made;
}

function nameSubject(record: TrafficRecord, row: number, batch: EventBatch, i: number, text: number): void {
  const ring = record.exchanges;
  if (ring.subject[row] !== 0) return;
  const length = batch.lengths[i * 4]!;
  const hash = replyKey(batch.bytes, text, text + length);
  let number = ring.subjectNumbers.get(hash);
  if (number === undefined) {
    if (ring.subjects.length > MOST_SUBJECTS) return;
    number = ring.subjects.push(decodeUtf8(batch.bytes, text, text + length)) - 1;
    ring.subjectNumbers.set(hash, number);
  }
  ring.subject[row] = number;
}

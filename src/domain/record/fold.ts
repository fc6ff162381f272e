import { decodeReason, encodeReason, type Reason } from "../events/reasons.ts";
import type { EventBatch } from "../events/batch.ts";
import { countElsewhere } from "./outside.ts";
import { settleOrphans } from "./settleOrphans.ts";
import { latestTime } from "./clockSkew.ts";
import { appendRows } from "./eventRing.ts";
import { noteBreaker } from "./breakers.ts";
import {
  BREAKER_STATES,
  FLAG,
  HANDLER_RESULTS,
  isGone,
  KIND,
  PEER_STATES,
  type PeerId,
  type PeerState,
  NO_RESPONDERS,
} from "../events/events.ts";
import { claim, exchangeFor, GATHERS, internSubject, settle } from "./exchangeTable.ts";
import { cutBackoffShort, isOpen, open } from "./exchangeRing.ts";
import { addFailure, addLatency } from "../statistics/latency.ts";
import { OUTCOMES, outcomeCode } from "../events/outcomes.ts";
import type { StateChange, PeerCounts, TrafficRecord } from "./trafficRecord.ts";
import { countServed, slotFor } from "./perSecondCounters.ts";
import { countLostTexts, keepTexts } from "./textStore.ts";
import { decodeUtf8, encodeUtf8 } from "../base/utf8.ts";
import { countersOf } from "./peerCounters.ts";
import type { Instant } from "../base/instant.ts";

const REPLIED = outcomeCode("replied");
const ERROR_REPLY = outcomeCode("errorReply");
const DROPPED = HANDLER_RESULTS.indexOf("dropped");
const THREW = HANDLER_RESULTS.indexOf("threw");

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
  countLostTexts(texts, events);
  record.version++;
}

/** Folds rows `from` up to `to`. `textAt` is where the texts of the first begin in the text store; gives where the next do. */
function foldPart(
  record: TrafficRecord,
  batch: EventBatch,
  from: number,
  to: number,
  peer: PeerId,
  offsetMs: number,
  textAt: number,
): number {
  const { events, exchanges, openCalls, evictedInFlight, perSecond: seconds } = record;
  const tally = countersOf(record, peer);
  const { inHand } = tally;
  const { lengths } = batch;
  const bytesAt = record.texts.end - batch.bytes.length; // Where the batch's own bytes begin in the text store.
  const first = appendRows(events, batch, from, to, peer);
  let e = first % events.capacity;
  let secondFrom = 0;
  let second = -1;
  let threwFrom = -1;
  let threwTo = 0;

  // Rows below count exist in every column by the batch's own promise, and rows of rings by their capacity: hence each `!`.
  for (let i = from; i < to; i++) {
    const number = first + i - from;
    const at = batch.at[i]! + offsetMs;
    const kind = batch.kind[i]!;
    const key = batch.exchange[i]!;
    const code = batch.code[i]!;
    const flags = batch.flags[i]!;
    const length = lengths[i * 4]! + lengths[i * 4 + 1]! + lengths[i * 4 + 2]! + lengths[i * 4 + 3]!;
    const text = textAt - bytesAt;

    if (number - events.capacity >= events.first)
      events.evictedUpTo = Math.max(events.evictedUpTo, latestTime(record, e));
    const row = key > 0 && kind !== KIND.concluded ? exchangeFor(record, kind, key, at) : -1;
    events.at[e] = at;
    events.textAt[e] = length === 0 ? -1 : textAt;
    if (row >= 0) {
      events.exchange[e] = exchanges.seq[row]!;
      events.previous[e] = exchanges.newest[row]!;
      exchanges.newest[row] = number;
    } else {
      events.exchange[e] = key > 0 ? -1 : 0;
      events.previous[e] = 0;
    }
    textAt += length;
    if (++e === events.capacity) e = 0;
    if (!(at >= secondFrom && at < secondFrom + 1000)) {
      second = slotFor(seconds, at, number);
      secondFrom = second < 0 ? NaN : seconds.beginsAt[second]!;
    }
    if (second >= 0) seconds.last[second] = number;

    switch (kind) {
      case KIND.called: {
        const link = batch.link[i]!;
        if (!(link > 0) || openCalls.find(link) >= 0) break;
        record.calls.started++;
        const slot = openCalls.add(link);
        openCalls.values[slot] = at;
        openCalls.tags[slot] = peer;
        break;
      }
      case KIND.concluded: {
        const slot = openCalls.find(batch.link[i]!);
        if (slot < 0 || openCalls.tags[slot] !== peer || code >= OUTCOMES.length) break;
        const ms = at - openCalls.values[slot]!;
        openCalls.remove(slot);
        if (record.backoffs.size > 0 && resume(record, batch.link[i]!)) cutBackoffShort(exchanges, key, at);
        record.calls.ended[code]!++;
        if (key === 0 && second >= 0) seconds.unsent[second * OUTCOMES.length + code]!++;
        if (code === REPLIED || code === ERROR_REPLY) addLatency(record.latency, at, ms);
        else addFailure(record.latency, at);
        break;
      }
      case KIND.attempted:
        if (row < 0 || exchanges.attemptedAt[row] !== 0) break;
        tally.sent++;
        claim(record, row, peer);
        exchanges.attemptedAt[row] = at;
        if ((flags & FLAG.nested) === 0) {
          exchanges.call[row] = batch.link[i]!;
          exchanges.attempt[row] = batch.size[i]!;
          if ((flags & FLAG.gathers) !== 0) exchanges.gathers[row] = 1;
          if (record.backoffs.size > 0) resume(record, batch.link[i]!);
        } else exchanges.parent[row] = batch.link[i]!;
        record.attempts.started++;
        if (second >= 0) seconds.attempted[second]!++;
        open(exchanges, row);
        internSubject(exchanges, row, batch.bytes, text, lengths[i * 4]!, flags);
        break;
      case KIND.sent:
        if (row < 0) break;
        claim(record, row, peer);
        if (exchanges.sentAt[row] === 0) exchanges.sentAt[row] = at;
        internSubject(exchanges, row, batch.bytes, text, lengths[i * 4]!, flags);
        break;
      case KIND.delivered: {
        tally.received++;
        if (tally.firstReceivedAt === 0 || at < tally.firstReceivedAt) tally.firstReceivedAt = at;
        tally.held++;
        let slot = inHand.find(key);
        if (slot < 0) slot = inHand.add(key);
        inHand.values[slot]!++;
        if (row < 0) break;
        if (exchanges.deliveries[row]!++ === 0) {
          exchanges.responder[row] = peer;
          if (exchanges.arrivals[row]! > 0) elsewhere(record, row, -1);
        }
        internSubject(exchanges, row, batch.bytes, text, lengths[i * 4]!, flags);
        break;
      }
      case KIND.handling: {
        const slot = inHand.find(key);
        if (slot < 0 || inHand.tags[slot]! >= inHand.values[slot]!) break;
        inHand.tags[slot]!++;
        tally.running++;
        break;
      }
      case KIND.handled:
        letGo(tally, key);
        if (code === DROPPED) tally.dropped++;
        if (code === THREW) {
          threwFrom = text;
          threwTo = text + length;
        }
        break;
      case KIND.answered:
        if ((flags & FLAG.error) === 0) tally.replied++;
        else tally.errors++;
        if (row < 0) break;
        if (exchanges.answers[row]!++ === 0) exchanges.answeredAt[row] = at;
        if ((flags & FLAG.error) !== 0) exchanges.errors[row]!++;
        if (exchanges.requester[row] !== 0) break;
        record.served++;
        record.servedAt = Math.max(record.servedAt, at);
        countServed(seconds, exchanges.answeredAt[row]!);
        break;
      case KIND.arrived:
        if (code !== NO_RESPONDERS || batch.size[i] !== 0) arrive(record, row, key, peer, second);
        break;
      case KIND.settled: {
        if (code >= OUTCOMES.length) break;
        if (row >= 0) {
          if (!isOpen(exchanges, row) || exchanges.requester[row] !== peer) break;
          if (exchanges.gathers[row] === 1) {
            // What came in the same breath as the reply that was the last one wanted went unread.
            const unread = Math.max(0, exchanges.arrivals[row]! - batch.link[i]!);
            exchanges.late[row]! += unread;
            countLate(record, second, unread);
          }
          settle(record, row, at, code, number);
          if (second >= 0) seconds.settled[second * OUTCOMES.length + code]!++;
          break;
        }
        const slot = evictedInFlight.find(key);
        if (slot < 0 || evictedInFlight.tags[slot] !== peer) break;
        const arrivals = evictedInFlight.values[slot]! + GATHERS;
        if (evictedInFlight.values[slot]! < 0)
          countLate(record, second, Math.max(0, arrivals - batch.link[i]!));
        evictedInFlight.remove(slot);
        record.attempts.ended[code]!++;
        if (second >= 0) seconds.settled[second * OUTCOMES.length + code]!++;
        break;
      }
      case KIND.backoff: {
        const link = batch.link[i]!;
        // Its call may have been ended over its head, with its worker.
        if (openCalls.find(link) < 0) break;
        resume(record, link);
        const slot = record.backoffs.add(link);
        record.backoffs.values[slot] = at + code;
        record.backoffs.tags[slot] = peer;
        if (row >= 0) exchanges.backoffUntil[row] = at + code;
        break;
      }
      case KIND.breaker: {
        const state = BREAKER_STATES[code];
        if (state === undefined) break;
        note(record, number);
        noteBreaker(record, peer, { number, at, state, openMs: batch.link[i]!, failures: batch.size[i]! });
        break;
      }
      case KIND.err:
        note(record, number);
        break;
      case KIND.state: {
        note(record, number);
        const state = PEER_STATES[code];
        if (state === undefined) break;
        const reason = decodeReason(decodeUtf8(batch.bytes, text, text + length));
        noteState(record, peer, { number, at, state, reason });
        if (isGone(state)) settleOrphans(record, peer, state, { number, at, reason });
        break;
      }
    }
  }
  // The last one is all that is shown; decoding each would cost too much where every request fails.
  if (threwFrom >= 0) tally.lastError = decodeUtf8(batch.bytes, threwFrom, threwTo);
  return textAt;
}

/** A call waits no longer for its next attempt. False when it did not wait. */
function resume({ backoffs }: TrafficRecord, call: number): boolean {
  const slot = backoffs.find(call);
  if (slot < 0) return false;
  backoffs.remove(slot);
  return true;
}

/** A request that a responder is done with. */
function letGo(tally: PeerCounts, key: number): void {
  const { inHand } = tally;
  const slot = inHand.find(key);
  if (slot < 0) return;
  tally.held--;
  // One that was given up while it waited was never being handled.
  if (inHand.tags[slot]! > 0) {
    inHand.tags[slot]!--;
    tally.running--;
  }
  if (inHand.values[slot] === 1) inHand.remove(slot);
  else inHand.values[slot]!--;
}

/**
 * The first reply to a waiting request is taken; one after it is a duplicate; one after a timeout is late. Where replies are
 * gathered each is taken until the exchange is settled, and late afterwards.
 */
function arrive(record: TrafficRecord, row: number, key: number, peer: PeerId, second: number): void {
  const { exchanges, evictedInFlight, perSecond: seconds } = record;
  let taken = false;
  let late = false;
  const own = row >= 0 && exchanges.requester[row] === peer;
  if (own && exchanges.arrivals[row] === 0 && exchanges.deliveries[row] === 0) elsewhere(record, row, 1);
  if (own && exchanges.gathers[row] === 1) {
    late = exchanges.settledAt[row] !== 0;
    exchanges.arrivals[row]!++;
    if (late) exchanges.late[row]!++;
  } else if (own) {
    taken = exchanges.arrivals[row]! > exchanges.late[row]! + exchanges.duplicate[row]!;
    late = !taken && exchanges.settledAt[row] !== 0;
    exchanges.arrivals[row]!++;
    if (taken) exchanges.duplicate[row]!++;
    if (late) exchanges.late[row]!++;
  } else {
    // Its exchange gave way. While that was in flight the first reply is the one waited for; after its end every one is late.
    const slot = evictedInFlight.find(key);
    if (slot < 0) late = true;
    else taken = evictedInFlight.values[slot]!++ > 0;
  }
  if (taken) {
    record.duplicate++;
    if (second >= 0) seconds.duplicate[second]!++;
  } else if (late) {
    countLate(record, second, 1);
  }
}

const elsewhere = (record: TrafficRecord, row: number, count: 1 | -1): void =>
  countElsewhere(record, record.exchanges.subject[row]!, record.exchanges.attemptedAt[row]!, count);

function countLate(record: TrafficRecord, second: number, count: number): void {
  record.late += count;
  if (second >= 0) record.perSecond.late[second]! += count;
}

/** The most events that are remembered as told in any case. */
const MOST_NOTABLE = 2048;

function note({ milestones }: TrafficRecord, number: number): void {
  if (milestones.push(number) > MOST_NOTABLE) milestones.splice(0, MOST_NOTABLE / 2);
}

/** How many changes of one peer's state are remembered beyond the events that told of them. */
const MOST_STATES = 256;

function noteState({ states }: TrafficRecord, peer: PeerId, change: StateChange): void {
  const known = states.get(peer);
  if (!known) states.set(peer, [change]);
  else if (known.push(change) > MOST_STATES) known.splice(0, MOST_STATES / 2);
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
}

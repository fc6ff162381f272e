import { arrive, countLate, elsewhere } from "./arrive.ts";
import { countUnattributed } from "./outside.ts";
import { settleOrphans } from "./settleOrphans.ts";
import { noteBreaker } from "./breakers.ts";
import {
  BREAKER_STATES,
  FLAG,
  HANDLER_RESULTS,
  isGone,
  KIND,
  PEER_STATES,
  type PeerId,
  NO_RESPONDERS,
} from "../events/events.ts";
import { attribute, GATHERS, rowFor, settle } from "./exchangeTable.ts";
import { cutBackoffShort, isOpen, open, rowOfKey, rowOfSeq, type ExchangeRing } from "./exchangeRing.ts";
import { addFailure, addLatency } from "../statistics/latency.ts";
import { OUTCOMES, outcomeCode } from "../events/outcomes.ts";
import type { StateChange, PeerCounts, TrafficRecord } from "./trafficRecord.ts";
import { countServed, slotFor } from "./perSecondCounters.ts";
import { countersOf } from "./peerCounters.ts";
import { VERDICT } from "./verdicts.ts";
import type { Instant } from "../base/instant.ts";

const REPLIED = outcomeCode("replied");
const ERROR_REPLY = outcomeCode("errorReply");
const DROPPED = HANDLER_RESULTS.indexOf("dropped");
const THREW = HANDLER_RESULTS.indexOf("threw");

/**
 * Takes a held event into what is known: the one step by which any record goes forward, the one of all that was recorded as events
 * come, and one of the past as they happened. Events of one peer come in order; those of different peers in any. No text is read:
 * that of an event may be evicted before the event is. Unknown codes are passed over.
 */
export function reduce(record: TrafficRecord, number: number): void {
  const { events, exchanges, openCalls, evictedInFlight, perSecond } = record;
  const e = number % events.capacity;
  const at = events.at[e]!;
  const kind = events.kind[e]!;
  const peer = events.peer[e]!;
  const key = events.key[e]!;
  const code = events.code[e]!;
  const flags = events.flags[e]!;
  const row = rowFor(record, number);
  if (row >= 0) {
    const before = exchanges.newest[row]!;
    events.back[e] = before === 0 ? 0 : number - before;
    exchanges.newest[row] = number;
    exchanges.touched[row] = number;
    begin(exchanges, row, kind, at);
  } else events.back[e] = 0;
  const second = slotFor(perSecond, at, number);

  switch (kind) {
    case KIND.called: {
      const link = events.link[e]!;
      if (!(link > 0) || openCalls.find(link) >= 0) return;
      record.calls.started++;
      const slot = openCalls.add(link);
      openCalls.values[slot] = at;
      openCalls.tags[slot] = peer;
      return;
    }
    case KIND.concluded: {
      const link = events.link[e]!;
      const slot = openCalls.find(link);
      const attempt = removeFrom(record.newestAttempts, link);
      if (slot < 0 || openCalls.tags[slot] !== peer || code >= OUTCOMES.length) return;
      const ms = at - openCalls.values[slot]!;
      openCalls.remove(slot);
      const last = attempt === null ? -1 : rowOfSeq(exchanges, attempt);
      if (last >= 0) {
        exchanges.concluding[last] = number;
        exchanges.touched[last] = number;
      }
      if (record.backoffs.size > 0 && removeFrom(record.backoffs, link) !== null) {
        const waiting = rowOfKey(exchanges, key);
        if (waiting >= 0) cutBackoffShort(exchanges, waiting, at, number);
      }
      record.calls.ended[code]!++;
      if (key === 0 && second >= 0) perSecond.unsent[second * OUTCOMES.length + code]!++;
      if (code === REPLIED || code === ERROR_REPLY) addLatency(record.latency, at, ms);
      else addFailure(record.latency, at);
      return;
    }
    case KIND.attempted:
      if (row < 0 || exchanges.attemptedAt[row] !== 0) return;
      countersOf(record, peer).sent++;
      attribute(record, row, peer);
      exchanges.attemptedAt[row] = at;
      if ((flags & FLAG.nested) === 0) {
        exchanges.call[row] = events.link[e]!;
        exchanges.attempt[row] = events.size[e]!;
        if ((flags & FLAG.gathers) !== 0) exchanges.gathers[row] = 1;
        if (record.backoffs.size > 0) removeFrom(record.backoffs, events.link[e]!);
        joinCall(record, row, number);
      } else {
        exchanges.parent[row] = events.link[e]!;
        joinParent(exchanges, row, number);
      }
      record.attempts.started++;
      if (second >= 0) perSecond.attempted[second]!++;
      open(exchanges, row);
      return;
    case KIND.sent:
      if (row < 0) return;
      attribute(record, row, peer);
      if (exchanges.sentAt[row] === 0) exchanges.sentAt[row] = at;
      return;
    case KIND.delivered: {
      const counts = countersOf(record, peer);
      const { inHand } = counts;
      counts.received++;
      if (counts.firstReceivedAt === 0 || at < counts.firstReceivedAt) counts.firstReceivedAt = at;
      counts.held++;
      let slot = inHand.find(key);
      if (slot < 0) slot = inHand.add(key);
      inHand.values[slot]!++;
      if (row < 0) return;
      if (exchanges.deliveries[row]!++ === 0) {
        exchanges.responder[row] = peer;
        if (exchanges.requester[row] === 0) countUnattributed(record, at, 1);
        if (exchanges.arrivals[row]! > 0) elsewhere(record, row, -1);
      }
      return;
    }
    case KIND.message:
      // One with a key is the server's report on a traced request.
      if (key === 0 && second >= 0) perSecond.messages[second]!++;
      return;
    case KIND.handling: {
      const counts = countersOf(record, peer);
      const { inHand } = counts;
      const slot = inHand.find(key);
      if (slot < 0 || inHand.tags[slot]! >= inHand.values[slot]!) return;
      inHand.tags[slot]!++;
      counts.running++;
      return;
    }
    case KIND.handled: {
      const counts = countersOf(record, peer);
      release(counts, key);
      if (row >= 0) exchanges.handled[row]!++;
      if (code === DROPPED) counts.dropped++;
      if (code === THREW) counts.threw = number;
      return;
    }
    case KIND.answered: {
      const counts = countersOf(record, peer);
      if ((flags & FLAG.error) === 0) counts.replied++;
      else counts.errors++;
      if (row < 0) return;
      answer(record, row, peer, at);
      if ((flags & FLAG.error) !== 0) exchanges.errors[row]!++;
      if (exchanges.requester[row] !== 0) return;
      record.served++;
      record.servedAt = Math.max(record.servedAt, at);
      countServed(perSecond, exchanges.answeredAt[row]!, 1);
      return;
    }
    case KIND.arrived:
      if (key === 0) return; // No request had this reply subject, so that it is no reply to any.
      events.verdict[e] =
        code === NO_RESPONDERS && events.size[e] === 0
          ? VERDICT.noResponders
          : arrive(record, row, key, peer, at, second);
      return;
    case KIND.settled: {
      if (code >= OUTCOMES.length) return;
      const gathered = events.link[e]!;
      if (row >= 0) {
        if (!isOpen(exchanges, row) || exchanges.requester[row] !== peer) return;
        if (exchanges.gathers[row] === 1) {
          // What came in the same breath as the reply that was the last one wanted went unread.
          const unread = Math.max(0, exchanges.arrivals[row]! - gathered);
          exchanges.late[row]! += unread;
          countLate(record, second, unread);
        }
        settle(record, row, at, code, number);
        if (second >= 0) perSecond.settled[second * OUTCOMES.length + code]!++;
        return;
      }
      const slot = evictedInFlight.find(key);
      if (slot < 0 || evictedInFlight.tags[slot] !== peer) return;
      const arrivals = evictedInFlight.values[slot]! + GATHERS;
      if (evictedInFlight.values[slot]! < 0) countLate(record, second, Math.max(0, arrivals - gathered));
      evictedInFlight.remove(slot);
      record.attempts.ended[code]!++;
      if (second >= 0) perSecond.settled[second * OUTCOMES.length + code]!++;
      return;
    }
    case KIND.backoff: {
      const link = events.link[e]!;
      // Its call may have been ended over its head, with its worker.
      if (openCalls.find(link) < 0) return;
      removeFrom(record.backoffs, link);
      const slot = record.backoffs.add(link);
      record.backoffs.values[slot] = at + code;
      record.backoffs.tags[slot] = peer;
      if (row >= 0) exchanges.backoffUntil[row] = at + code;
      return;
    }
    case KIND.breaker: {
      const state = BREAKER_STATES[code];
      if (state === undefined) return;
      noteMilestone(record, number);
      noteBreaker(record, peer, {
        number,
        at,
        state,
        openMs: events.link[e]!,
        failures: events.size[e]!,
      });
      return;
    }
    case KIND.err:
      noteMilestone(record, number);
      return;
    case KIND.state: {
      noteMilestone(record, number);
      const state = PEER_STATES[code];
      if (state === undefined) return;
      const reason = record.reasons.get(number) ?? null;
      noteState(record, peer, { number, at, state, reason });
      if (isGone(state)) settleOrphans(record, peer, state, { number, at, reason });
    }
  }
}

/** An exchange begins with its requester, if that is of this page: what others did before is told after it. */
function begin(ring: ExchangeRing, row: number, kind: number, at: Instant): void {
  const firstAt = ring.firstAt[row]!;
  if (ring.requester[row] !== 0) return;
  const own = kind === KIND.attempted || kind === KIND.sent;
  if (own || firstAt === 0 || at < firstAt) ring.firstAt[row] = at;
}

/** Takes a key out of a table; gives its value, null where it was not in it. */
function removeFrom(table: TrafficRecord["openCalls"], key: number): number | null {
  const slot = table.find(key);
  if (slot < 0) return null;
  const value = table.values[slot]!;
  table.remove(slot);
  return value;
}

/** Makes an exchange the newest attempt of its call. */
function joinCall(
  { exchanges, openCalls, newestAttempts }: TrafficRecord,
  row: number,
  number: number,
): void {
  const call = exchanges.call[row]!;
  if (!(call > 0)) return;
  const opened = openCalls.find(call);
  if (opened >= 0) exchanges.calledAt[row] = openCalls.values[opened]!;
  const seq = exchanges.seq[row]!;
  let slot = newestAttempts.find(call);
  if (slot < 0) slot = newestAttempts.add(call);
  else {
    const before = rowOfSeq(exchanges, newestAttempts.values[slot]!);
    if (before >= 0) {
      exchanges.attemptBefore[row] = exchanges.seq[before]!;
      exchanges.attemptAfter[before] = seq;
      exchanges.touched[before] = number;
    }
  }
  newestAttempts.values[slot] = seq;
  newestAttempts.tags[slot] = exchanges.requester[row]!;
}

/** Makes an exchange the newest of those that the handlers of its parent made. */
function joinParent(ring: ExchangeRing, row: number, number: number): void {
  const parent = rowOfKey(ring, ring.parent[row]!);
  if (parent < 0 || parent === row) return;
  ring.nestedBefore[row] = ring.nestedNewest[parent]!;
  ring.nestedNewest[parent] = ring.seq[row]!;
  ring.touched[parent] = number;
}

/** Counts an answer. Which one was the first does not hang on who told it first. */
function answer(record: TrafficRecord, row: number, peer: PeerId, at: Instant): void {
  const { exchanges, perSecond } = record;
  const answers = exchanges.answers[row]!++;
  if (answers === 0 && exchanges.arrivals[row]! > 0) countUnattributed(record, at, -1);
  const firstAt = exchanges.answeredAt[row]!;
  if (answers > 0 && (at > firstAt || (at === firstAt && peer > exchanges.responder[row]!))) return;
  if (answers > 0 && exchanges.requester[row] === 0) {
    countServed(perSecond, firstAt, -answers);
    countServed(perSecond, at, answers);
  }
  exchanges.answeredAt[row] = at;
  exchanges.responder[row] = peer;
}

/** A request that a responder is done with. */
function release(counts: PeerCounts, key: number): void {
  const { inHand } = counts;
  const slot = inHand.find(key);
  if (slot < 0) return;
  counts.held--;
  // One that was given up while it waited was never being handled.
  if (inHand.tags[slot]! > 0) {
    inHand.tags[slot]!--;
    counts.running--;
  }
  if (inHand.values[slot] === 1) inHand.remove(slot);
  else inHand.values[slot]!--;
}

/** The most events that are remembered as told in any case. */
const MOST_MILESTONES = 2048;

function noteMilestone({ milestones }: TrafficRecord, number: number): void {
  if (milestones.push(number) > MOST_MILESTONES) milestones.splice(0, MOST_MILESTONES / 2);
}

/** How many changes of one peer's state are remembered beyond the events that told of them. */
const MOST_STATES = 256;

function noteState({ states }: TrafficRecord, peer: PeerId, change: StateChange): void {
  const known = states.get(peer);
  if (!known) states.set(peer, [change]);
  else if (known.push(change) > MOST_STATES) known.splice(0, MOST_STATES / 2);
}

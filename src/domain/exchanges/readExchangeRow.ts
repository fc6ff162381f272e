import { holdsEvent } from "../record/eventRing.ts";
import { FLAG, KIND, type CallId, type ExchangeKey, type PeerId, NO_RESPONDERS } from "../events/events.ts";
import { UNSETTLED } from "../record/exchangeRing.ts";
import { type TrafficRecord, isVisibleOrEvicted, isVisible } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** The columns of an exchange that is held; 0 is none or not yet. */
export interface ExchangeRow {
  readonly key: ExchangeKey;
  readonly call: CallId;
  readonly parent: ExchangeKey;
  readonly attempt: number;
  readonly gathers: boolean;
  readonly requester: PeerId;
  readonly firstAt: Instant;
  readonly attemptedAt: Instant;
  readonly sentAt: Instant;
  readonly settledAt: Instant;
  /** A code, or `UNSETTLED`. */
  readonly outcome: number;
  readonly settling: number;
  readonly deliveries: number;
  readonly answers: number;
  /** Those of them that are errors. */
  readonly errors: number;
  readonly arrivals: number;
  readonly late: number;
  readonly duplicate: number;
  readonly responder: PeerId;
}

/** What the fold made of an exchange, by the instant at which the record is looked at. */
export function rowOf(record: TrafficRecord, seq: number): ExchangeRow {
  const { exchanges } = record;
  const row = seq % exchanges.capacity;
  const now: ExchangeRow = {
    key: exchanges.key[row]!,
    call: exchanges.call[row]!,
    parent: exchanges.parent[row]!,
    attempt: exchanges.attempt[row]!,
    gathers: exchanges.gathers[row] === 1,
    requester: exchanges.requester[row]!,
    firstAt: exchanges.firstAt[row]!,
    attemptedAt: exchanges.attemptedAt[row]!,
    sentAt: exchanges.sentAt[row]!,
    settledAt: exchanges.settledAt[row]!,
    outcome: exchanges.outcome[row]!,
    settling: exchanges.settling[row]!,
    deliveries: exchanges.deliveries[row]!,
    answers: exchanges.answers[row]!,
    errors: exchanges.errors[row]!,
    arrivals: exchanges.arrivals[row]!,
    late: exchanges.late[row]!,
    duplicate: exchanges.duplicate[row]!,
    responder: exchanges.responder[row]!,
  };
  return record.past === null ? now : before(record, seq, now, exchanges.newest[row]!);
}

/** What is known now without what happened later: so that what gave way is still in it. */
function before(record: TrafficRecord, seq: number, now: ExchangeRow, newest: number): ExchangeRow {
  const { events } = record;
  let { deliveries, answers, errors, arrivals, attemptedAt, sentAt } = now;
  let firstAt = Infinity;
  let responder = 0;
  // What an event told that is no longer held is long past.
  let attempted = now.attemptedAt > 0;
  let sent = now.sentAt > 0;
  for (const number of chainOf(record, newest, seq)) {
    const e = number % events.capacity;
    const happened = isVisible(record, number);
    if (happened) firstAt = Math.min(firstAt, events.at[e]!);
    switch (events.kind[e]) {
      case KIND.attempted:
        attempted = happened;
        break;
      case KIND.sent:
        sent = happened;
        break;
      case KIND.delivered:
        if (happened) responder = events.peer[e]!;
        else deliveries--;
        break;
      case KIND.answered:
        if (happened) break;
        answers--;
        if ((events.flags[e]! & FLAG.error) !== 0) errors--;
        break;
      case KIND.arrived:
        if (!happened && (events.code[e] !== NO_RESPONDERS || events.size[e] !== 0)) arrivals--;
        break;
    }
  }
  if (!attempted) attemptedAt = 0;
  if (!sent) sentAt = 0;
  const settled = now.outcome !== UNSETTLED && isVisibleOrEvicted(record, now.settling);
  const claimed = attempted || sent;
  return {
    key: now.key,
    call: attempted ? now.call : 0,
    parent: attempted ? now.parent : 0,
    attempt: attempted ? now.attempt : 0,
    gathers: attempted && now.gathers,
    requester: claimed ? now.requester : 0,
    firstAt: firstAt === Infinity || lacksOlder(record, newest, seq) ? now.firstAt : firstAt,
    attemptedAt,
    sentAt,
    settledAt: settled ? now.settledAt : 0,
    outcome: settled ? now.outcome : UNSETTLED,
    settling: settled ? now.settling : 0,
    deliveries,
    answers,
    errors,
    arrivals,
    // Replies are either all late, or the first was taken and the others are duplicates; gathered ones are late after the others.
    late: now.gathers ? Math.max(0, arrivals - (now.arrivals - now.late)) : Math.min(now.late, arrivals),
    duplicate: Math.min(now.duplicate, Math.max(0, arrivals - 1)),
    responder: deliveries === 0 ? 0 : responder || now.responder,
  };
}

/** Whether older events of an exchange gave way. */
export function lacksOlder(record: TrafficRecord, newest: number, seq: number): boolean {
  const { events } = record;
  let before = newest;
  for (const number of chainOf(record, newest, seq)) before = events.previous[number % events.capacity]!;
  return before > 0 && !holdsEvent(events, before);
}

/**
 * A program elsewhere may give every request the same reply subject, which makes them one exchange without end: of such a one
 * the newest events are told.
 */
const MOST_EVENTS = 4096;

/** The numbers of an exchange's events that are still held, newest first, from one of them on. */
export function* chainOf({ events }: TrafficRecord, newest: number, seq: number): Generator<number> {
  let number = newest;
  for (let count = 0; count < MOST_EVENTS && holdsEvent(events, number); count++) {
    const e = number % events.capacity;
    if (events.exchange[e] !== seq) return;
    yield number;
    number = events.previous[e]!;
  }
}

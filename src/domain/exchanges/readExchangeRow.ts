import { holdsEvent, previousOf } from "../record/eventRing.ts";
import type { CallId, ExchangeKey, PeerId } from "../events/events.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
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
  /** Those of them that a responder still holds or handles. */
  readonly inHand: number;
  readonly answers: number;
  /** Those of them that are errors. */
  readonly errors: number;
  readonly arrivals: number;
  readonly late: number;
  readonly duplicate: number;
  readonly responder: PeerId;
}

/** What is known of an exchange. */
export function readExchangeRow(record: TrafficRecord, seq: number): ExchangeRow {
  const { exchanges } = record;
  const row = seq % exchanges.capacity;
  return {
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
    inHand: Math.max(
      0,
      exchanges.deliveries[row]! - exchanges.handled[row]! - exchanges.abortedDeliveries[row]!,
    ),
    answers: exchanges.answers[row]!,
    errors: exchanges.errors[row]!,
    arrivals: exchanges.arrivals[row]!,
    late: exchanges.late[row]!,
    duplicate: exchanges.duplicate[row]!,
    responder: exchanges.responder[row]!,
  };
}

/** Whether older events of an exchange were evicted, or are more than `chainOf` tells. */
export function lacksOlder(record: TrafficRecord, newest: number, seq: number): boolean {
  const { events } = record;
  let before = newest;
  for (const number of chainOf(record, newest, seq)) before = previousOf(events, number);
  return before > 0 && (!holdsEvent(events, before) || events.exchange[before % events.capacity] === seq);
}

/**
 * A responder may answer without end: of such an exchange the newest events are told.
 */
const MOST_EVENTS = 4096;

/** The numbers of an exchange's events that are still held, newest first, from one of them on. */
export function* chainOf({ events }: TrafficRecord, newest: number, seq: number): Generator<number> {
  let number = newest;
  for (let count = 0; count < MOST_EVENTS && holdsEvent(events, number); count++) {
    const e = number % events.capacity;
    if (events.exchange[e] !== seq) return;
    yield number;
    number = previousOf(events, number);
  }
}

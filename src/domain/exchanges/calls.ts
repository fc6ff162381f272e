import type { Reason } from "../events/reasons.ts";
import { holdsEvent } from "../record/eventRing.ts";
import { reasonOf } from "../record/eventTexts.ts";
import { FLAG, type CallId, type PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { outcomeOf, type Outcome } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { rowOfSeq } from "../record/exchangeRing.ts";
import { exchangeRange } from "./readExchange.ts";
import { attemptsOf } from "./related.ts";
import type { Instant } from "../base/instant.ts";

/** A call with its attempts, as far as the record still holds them. */
export interface Call {
  readonly id: CallId;
  readonly calledAt: Instant | null;
  readonly concludedAt: Instant | null;
  /** Null while it is in flight, or when its end was evicted. */
  readonly outcome: Outcome | null;
  /** Why; null where nothing is known. */
  readonly reason: Reason | null;
  /** How many attempts it made, also those of which nothing could be sent; 0 until it has ended. */
  readonly made: number;
  /** Whether a circuit breaker that opened kept it from being tried again. */
  readonly barred: boolean;
  /** Published requests, oldest first. An attempt of which nothing could be sent is none. */
  readonly attempts: readonly Exchange[];
  /** How often a handler of this page ran for it, and is known to have. */
  readonly handled: number;
  /** While it waits for its next attempt: which one that is and when it is due. */
  readonly waits: { readonly attempt: number; readonly until: Instant } | null;
}

/** The call that an exchange is an attempt of; undefined where it is of none. */
export function callOf(record: TrafficRecord, exchange: Exchange): Call | undefined {
  const { call } = exchange;
  if (call === null) return undefined;
  const attempts = attemptsOf(record, exchange).filter((each) => each.call === call);
  const { events, exchanges } = record;
  const rows = attempts.map(({ seq }) => seq % exchanges.capacity);
  const calledAt = exchanges.calledAt[rows[0] ?? 0] || attempts[0]?.attemptedAt || exchange.attemptedAt;
  const concluding = rows.map((row) => exchanges.concluding[row]!).find((number) => number > 0);
  const concluded = concluding !== undefined && holdsEvent(events, concluding) ? concluding : undefined;
  const end = concluded === undefined ? undefined : concluded % events.capacity;
  const last = attempts.at(-1);
  const pause = concluded === undefined && last?.outcome !== null ? last?.backoff : null;
  return {
    id: call,
    calledAt,
    concludedAt: end === undefined ? null : events.at[end]!,
    outcome: end === undefined ? null : (outcomeOf(events.code[end]!) ?? null),
    reason: reasonOf(record, concluded),
    made: end === undefined ? 0 : events.size[end]!,
    barred: end !== undefined && (events.flags[end]! & FLAG.barred) !== 0,
    attempts,
    handled: attempts
      .flatMap(({ deliveries }) => deliveries)
      .filter(({ handlingAt, result }) => handlingAt !== null || (result !== null && result !== "aborted"))
      .length,
    waits: pause ? { attempt: pause.attempt, until: pause.until } : null,
  };
}

/** The seq of the last exchange of a call of its own that each requester made; what handlers ask is none. */
export function lastCalls(record: TrafficRecord): ReadonlyMap<PeerId, number> {
  const { exchanges } = record;
  const calls = new Map<PeerId, number>();
  const { first, last } = exchangeRange(record);
  for (let seq = first; seq <= last; seq++) {
    const row = rowOfSeq(exchanges, seq);
    if (row >= 0 && exchanges.call[row] !== 0) calls.set(exchanges.requester[row]!, seq);
  }
  return calls;
}

/** How many calls of a requester wait for their next attempt, and when the first of these is due. */
export function backoffsOf(
  { backoffs }: TrafficRecord,
  peer: PeerId,
): { readonly count: number; readonly next: Instant } | null {
  let count = 0;
  let next = Infinity;
  if (backoffs.size === 0) return null;
  for (const call of backoffs.keys()) {
    const slot = backoffs.find(call);
    if (backoffs.tags[slot] !== peer) continue;
    count++;
    next = Math.min(next, backoffs.values[slot]!);
  }
  return count === 0 ? null : { count, next };
}

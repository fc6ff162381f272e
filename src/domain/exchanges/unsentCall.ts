import type { Reason } from "../events/reasons.ts";
import { holdsEvent } from "../record/eventRing.ts";
import { reasonOf } from "../record/eventTexts.ts";
import { FLAG, KIND, type PeerId } from "../events/events.ts";
import { outcomeOf, type Outcome } from "../events/outcomes.ts";
import { rowOfSeq } from "../record/exchangeRing.ts";
import { exchangeRange } from "./readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** A call that ended before anything was published, so that there is no exchange of it. */
export interface UnsentCall {
  readonly at: Instant;
  readonly requester: PeerId;
  readonly outcome: Outcome;
  /** Why; null where nothing is known. */
  readonly reason: Reason | null;
  /** How many attempts it made, and whether a circuit breaker that opened ended that. */
  readonly made: number;
  readonly barred: boolean;
}

/** Reads it from the event that concluded it; undefined when that was evicted, or concluded something else. */
export function readUnsentCall(record: TrafficRecord, number: number): UnsentCall | undefined {
  const { events } = record;
  const row = number % events.capacity;
  const outcome = outcomeOf(events.code[row] ?? -1);
  if (!holdsEvent(events, number) || events.kind[row] !== KIND.concluded || outcome === undefined)
    return undefined;
  return {
    at: events.at[row] ?? 0,
    requester: events.peer[row] ?? 0,
    outcome,
    reason: reasonOf(record, number),
    made: events.size[row] ?? 0,
    barred: ((events.flags[row] ?? 0) & FLAG.barred) !== 0,
  };
}

/** The last exchange of a requester that had failed by a time, by its number; null where none is found. */
export function failedBefore(record: TrafficRecord, requester: PeerId, at: Instant): number | null {
  const { exchanges } = record;
  const { first, last } = exchangeRange(record);
  let found: number | null = null;
  let latest = 0;
  for (let seq = first; seq <= last; seq++) {
    const row = rowOfSeq(exchanges, seq);
    const settledAt = exchanges.settledAt[row] ?? 0;
    if (exchanges.requester[row] !== requester || settledAt === 0 || settledAt > at) continue;
    if (settledAt < latest || outcomeOf(exchanges.outcome[row]!) === "replied") continue;
    found = seq;
    latest = settledAt;
  }
  return found;
}

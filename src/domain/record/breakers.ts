import type { BreakerState, PeerId } from "../events/events.ts";
import type { BreakerChange, TrafficRecord } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** How many changes of one breaker are remembered. */
const MOST_CHANGES = 256;

export function noteBreaker({ breakers }: TrafficRecord, peer: PeerId, change: BreakerChange): void {
  const known = breakers.get(peer);
  if (known === undefined) breakers.set(peer, [change]);
  else if (known.push(change) > MOST_CHANGES) known.splice(0, MOST_CHANGES / 2);
}

/** How a requester's circuit breaker stands. */
export interface Breaker {
  readonly state: BreakerState;
  readonly since: Instant;
  /** Failures in a row that opened it. */
  readonly failures: number;
  /** From when on one attempt is let through; null where it is not open. */
  readonly trialFrom: Instant | null;
}

/** A requester's breaker, by the instant at which the record is looked at; undefined when it has never changed. */
export function breakerOf(record: TrafficRecord, peer: PeerId): Breaker | undefined {
  const change = record.breakers.get(peer)?.at(-1);
  if (change === undefined) return undefined;
  const { state, at, failures, openMs } = change;
  return { state, since: at, failures, trialFrom: state === "open" ? at + openMs : null };
}

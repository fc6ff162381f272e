import { createEventRing, type EventRing } from "./eventRing.ts";
import { createExchangeRing, type ExchangeRing } from "./exchangeRing.ts";
import { createLatency, resetLatency, type Latency } from "./latency.ts";
import { createTextStore, type TextStore } from "./textStore.ts";
import type { CallId, ExchangeKey, Instant, PeerId } from "./events.ts";
import { OUTCOMES } from "./outcomes.ts";

/** What a record keeps at most; the oldest gives way. Counters stay exact whatever gives way. */
export interface RecordLimits {
  readonly events: number;
  readonly exchanges: number;
  readonly textBytes: number;
}

export const DEFAULT_LIMITS: RecordLimits = {
  events: 524_288,
  exchanges: 65_536,
  textBytes: 24 * 1024 * 1024,
};

/** Started, and how many ended with each outcome; in flight is the difference. */
export interface LedgerCounts {
  started: number;
  readonly ended: Float64Array;
}

export interface OpenCall {
  readonly peer: PeerId;
  readonly calledAt: Instant;
}

export interface TallyCounts {
  received: number;
  replied: number;
  errors: number;
  dropped: number;
  sent: number;
  lastError: string;
  /** Exchanges delivered and not handled yet, by key; those being handled now are true. */
  readonly inHand: Map<ExchangeKey, boolean>;
}

/**
 * Everything that was recorded. One structure, changed in place by the fold and read through functions; opaque to
 * everybody else. It is append-only and bounded, and it is not an immutable tree because tens of thousands of events a
 * second would spend all their time being copied.
 */
export interface TrafficRecord {
  /** Grows with every fold. */
  version: number;
  readonly limits: RecordLimits;
  readonly events: EventRing;
  readonly exchanges: ExchangeRing;
  readonly texts: TextStore;
  readonly calls: LedgerCounts;
  readonly attempts: LedgerCounts;
  readonly openCalls: Map<CallId, OpenCall>;
  /** Unsettled exchanges that a peer of this page attempted: seq → peer. */
  readonly openExchanges: Map<number, PeerId>;
  /** Open exchanges whose rows gave way: still counted when they settle. */
  readonly openEvicted: Map<ExchangeKey, PeerId>;
  /** When a peer's worker was gone, newest last. */
  readonly gone: Map<PeerId, Instant[]>;
  readonly tallies: Map<PeerId, TallyCounts>;
  readonly latency: Latency;
  late: number;
  duplicate: number;
  served: number;
}

/** An empty record that keeps at most so much. */
export function createRecord(limits: Partial<RecordLimits> = {}): TrafficRecord {
  const all = { ...DEFAULT_LIMITS, ...limits };
  return {
    version: 1,
    limits: all,
    events: createEventRing(all.events),
    exchanges: createExchangeRing(all.exchanges),
    texts: createTextStore(all.textBytes),
    calls: { started: 0, ended: new Float64Array(OUTCOMES.length) },
    attempts: { started: 0, ended: new Float64Array(OUTCOMES.length) },
    openCalls: new Map(),
    openExchanges: new Map(),
    openEvicted: new Map(),
    gone: new Map(),
    tallies: new Map(),
    latency: createLatency(),
    late: 0,
    duplicate: 0,
    served: 0,
  };
}

/**
 * Empties a record. What is in flight stays counted, as started and not ended, so that the counters still add up when it
 * ends; what responders hold stays in their hands.
 */
export function clear(record: TrafficRecord): void {
  const { exchanges, events, texts } = record;
  for (const [seq, peer] of record.openExchanges) {
    const key = exchanges.key[seq % exchanges.capacity];
    if (key !== undefined) record.openEvicted.set(key, peer);
  }
  record.openExchanges.clear();
  exchanges.rows.clear();
  exchanges.first = exchanges.last + 1;
  events.first = events.last + 1;
  texts.lost = 0;
  record.calls.started = record.openCalls.size;
  record.attempts.started = record.openEvicted.size;
  record.calls.ended.fill(0);
  record.attempts.ended.fill(0);
  for (const tally of record.tallies.values()) {
    Object.assign(tally, { received: 0, replied: 0, errors: 0, dropped: 0, sent: 0, lastError: "" });
  }
  resetLatency(record.latency);
  record.late = 0;
  record.duplicate = 0;
  record.served = 0;
  record.version++;
}

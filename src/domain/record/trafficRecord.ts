import { createEventRing, type EventRing } from "./eventRing.ts";
import { createExchangeRing, openRows, type ExchangeRing } from "./exchangeRing.ts";
import { giveWay } from "./exchangeRows.ts";
import { createLatency, resetLatency, type Latency } from "../statistics/latency.ts";
import { createSeconds, resetSeconds, type Seconds } from "./seconds.ts";
import { createTextStore, type TextStore } from "./textStore.ts";
import type { BreakerState, Instant, PeerId, PeerState } from "../events/events.ts";
import { KeyTable } from "../base/keyTable.ts";
import { OUTCOMES } from "../events/outcomes.ts";
import type { ElsewhereCounts } from "./outside.ts";
import type { Past } from "./past.ts";

/** What a record keeps at most; the oldest gives way. Counters stay exact whatever gives way. */
export interface RecordLimits {
  readonly events: number;
  readonly exchanges: number;
  readonly textBytes: number;
}

const DEFAULT_LIMITS: RecordLimits = {
  events: 524_288,
  exchanges: 65_536,
  textBytes: 24 * 1024 * 1024,
};

/** Started, and how many ended with each outcome; in flight is the difference. */
export interface LedgerCounts {
  started: number;
  readonly ended: Float64Array;
}

export interface TallyCounts {
  received: number;
  firstReceivedAt: Instant;
  replied: number;
  errors: number;
  dropped: number;
  sent: number;
  lastError: string;
  /** Requests delivered and not handled yet. */
  held: number;
  /** Those of them that are being handled. */
  running: number;
  /** By exchange key: how often it is held as value, how often it is being handled as tag. */
  readonly inHand: KeyTable;
}

/** The end of a peer's worker. */
export interface Ending {
  /** The number of the event that told of it. */
  readonly number: number;
  readonly at: Instant;
  readonly reason: string;
  /** What it held then, what of that it was handling, and how many requests of its own it waited for. */
  readonly held: number;
  readonly running: number;
  readonly waiting: number;
}

/** A change of a peer's state, by the number of the event that told of it. */
export interface StateChange {
  readonly number: number;
  readonly at: Instant;
  readonly state: PeerState;
  readonly reason: string;
}

/** A change of a requester's circuit breaker, by the number of the event that told of it. */
export interface BreakerChange {
  readonly number: number;
  readonly at: Instant;
  readonly state: BreakerState;
  /** How long it stays open, in ms. */
  readonly openMs: number;
  /** Failures in a row that led to it. */
  readonly failures: number;
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
  /** By call id: when it was called as value, by whom as tag. */
  readonly openCalls: KeyTable;
  /** By the id of a call that waits for its next attempt: when that is due as value, whose it is as tag. */
  readonly pausedCalls: KeyTable;
  /** How a requester's breaker changed, newest last; outlasts the events that told of it. */
  readonly breakers: Map<PeerId, BreakerChange[]>;
  /**
   * Exchanges in flight whose rows gave way, which are still counted when they settle. By exchange key: how many replies have
   * arrived since as value, the requester as tag.
   */
  readonly openEvicted: KeyTable;
  /** How a peer's workers ended, newest last. */
  readonly endings: Map<PeerId, Ending[]>;
  /** How a peer's state changed, newest last; outlasts the events that told of it. */
  readonly states: Map<PeerId, StateChange[]>;
  readonly tallies: Map<PeerId, TallyCounts>;
  readonly latency: Latency;
  readonly seconds: Seconds;
  /** The numbers of the newest events that are told however busy it is: changes of state and errors of the server. */
  readonly notable: number[];
  late: number;
  duplicate: number;
  served: number;
  /** When the newest of what was served was answered. */
  servedAt: Instant;
  /** By the number of a subject: requests of this page that were answered elsewhere. */
  readonly elsewhere: Map<number, ElsewhereCounts>;
  /** Null: everything that was recorded. Else the record is looked at as it was at an instant; see past.ts. */
  readonly past: Past | null;
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
    openCalls: new KeyTable(),
    pausedCalls: new KeyTable(),
    breakers: new Map(),
    openEvicted: new KeyTable(),
    endings: new Map(),
    states: new Map(),
    tallies: new Map(),
    latency: createLatency(),
    seconds: createSeconds(),
    notable: [],
    late: 0,
    duplicate: 0,
    served: 0,
    servedAt: 0,
    elsewhere: new Map(),
    past: null,
  };
}

/**
 * Empties a record. What is in flight stays counted, as started and not ended, so that the counters still add up when it
 * ends; what responders hold stays in their hands.
 */
export function clear(record: TrafficRecord): void {
  const { exchanges, events, texts, openEvicted } = record;
  for (const row of openRows(exchanges)) giveWay(exchanges, openEvicted, row);
  exchanges.rows.clear();
  exchanges.first = exchanges.last + 1;
  events.first = events.last + 1;
  events.goneAt = -Infinity;
  texts.lost = 0;
  record.calls.started = record.openCalls.size;
  record.attempts.started = record.openEvicted.size;
  record.calls.ended.fill(0);
  record.attempts.ended.fill(0);
  for (const tally of record.tallies.values()) {
    Object.assign(tally, {
      received: tally.held,
      firstReceivedAt: 0,
      replied: 0,
      errors: 0,
      dropped: 0,
      sent: 0,
      lastError: "",
    });
  }
  resetLatency(record.latency);
  resetSeconds(record.seconds);
  record.notable.length = 0;
  record.late = 0;
  record.duplicate = 0;
  record.served = 0;
  record.servedAt = 0;
  record.elsewhere.clear();
  record.version++;
}

/** The counts of one peer, made when there are none yet. */
export function tallyOf(record: TrafficRecord, peer: PeerId): TallyCounts {
  const known = record.tallies.get(peer);
  if (known) return known;
  const made: TallyCounts = {
    received: 0,
    firstReceivedAt: 0,
    replied: 0,
    errors: 0,
    dropped: 0,
    sent: 0,
    lastError: "",
    held: 0,
    running: 0,
    inHand: new KeyTable(),
  };
  record.tallies.set(peer, made);
  return made;
}

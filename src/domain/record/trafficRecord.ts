import type { Reason } from "../events/reasons.ts";
import type { EventRing } from "./eventRing.ts";
import type { Column, ExchangeRing } from "./exchangeRing.ts";
import type { Latency } from "../statistics/latency.ts";
import type { PerSecondCounters } from "./perSecondCounters.ts";
import type { TextStore } from "./textStore.ts";
import type { BreakerState, PeerId, PeerState } from "../events/events.ts";
import type { KeyTable } from "../base/keyTable.ts";
import type { Instant } from "../base/instant.ts";

/** What a record keeps at most; the oldest is evicted. Counters stay exact whatever is evicted. */
export interface RecordLimits {
  readonly events: number;
  readonly exchanges: number;
  readonly textBytes: number;
}

/** Started, and how many ended with each outcome; in flight is the difference. */
export interface LedgerCounts {
  started: number;
  readonly ended: Float64Array;
}

export interface PeerCounts {
  received: number;
  firstReceivedAt: Instant;
  replied: number;
  errors: number;
  dropped: number;
  sent: number;
  /** What its handler threw last, and the number of the event to read it from where it is not read yet. */
  lastError: string;
  threw: number;
  /** Requests delivered and not handled yet. */
  held: number;
  /** Those of them that are being handled. */
  running: number;
  /** By exchange key: how often it is held as value, how often it is being handled as tag. */
  readonly inHand: KeyTable;
  /** When the latest of its events happened, its state changed last, and its worker ended last; 0 for never. */
  latestAt: Instant;
  stateAt: Instant;
  endedAt: Instant;
}

/** The end of a peer's worker. */
export interface Ending {
  /** The number of the event that told of it. */
  readonly number: number;
  readonly at: Instant;
  readonly reason: Reason | null;
}

/** A change of a peer's state, by the number of the event that told of it. */
export interface StateChange {
  readonly number: number;
  readonly at: Instant;
  readonly state: PeerState;
  readonly reason: Reason | null;
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
  readonly backoffs: KeyTable;
  /** By the id of a call that is open: the seq of its newest attempt as value, whose it is as tag. */
  readonly newestAttempts: KeyTable;
  /** How a requester's breaker changed, newest last; outlasts the events that told of it. */
  readonly breakers: Map<PeerId, BreakerChange[]>;
  /**
   * Exchanges in flight whose rows were evicted, which are still counted when they settle. By exchange key: how many replies have
   * arrived since as value, the requester as tag.
   */
  readonly evictedInFlight: KeyTable;
  /** How a peer's workers ended, newest last. */
  readonly endings: Map<PeerId, Ending[]>;
  /** How a peer's state changed, newest last; outlasts the events that told of it. */
  readonly states: Map<PeerId, StateChange[]>;
  /** By the number of an event that told of a change of a peer's state: why. */
  readonly reasons: Map<number, Reason>;
  /** States of the record at some instants, which those of the past begin with. */
  readonly checkpoints: Checkpoints;
  readonly peers: Map<PeerId, PeerCounts>;
  readonly latency: Latency;
  readonly perSecond: PerSecondCounters;
  /** The numbers of the newest events that are told however busy it is: changes of state and errors of the server. */
  readonly milestones: number[];
  late: number;
  duplicate: number;
  served: number;
  /** When the newest of what was served was answered. */
  servedAt: Instant;
  /** By the number of a subject: requests of this page that were answered elsewhere. */
  readonly elsewhere: Map<number, ElsewhereCounts>;
  /** The queue groups that peers subscribe in, by the sid. */
  readonly queues: Map<PeerId, Map<number, string>>;
  /** Up to when each peer with a worker has told all that it did. */
  readonly told: Map<PeerId, Instant>;
  /**
   * Requests and replies of which no peer of this page has told that they were its own, how many of them are surely of none, and when
   * the latest was: see outside.ts.
   */
  readonly unattributed: { count: number; sure: number; latestAt: Instant };
  /** Null: everything that was recorded. Else the record is looked at as it was at an instant; see recordAt.ts. */
  readonly past: RecordView | null;
}

/** Rows of exchanges as they were: columns in the order of `columnsOf`, as long as there are rows; null for one that is all zeros. */
export interface KeptRows {
  /** No two have the same. */
  readonly id: number;
  /** Their numbers, ascending. */
  readonly rows: Uint32Array;
  readonly columns: readonly (Column | null)[];
}

/** What was known besides exchanges and events. */
export interface KeptState extends Pick<
  TrafficRecord,
  | "calls"
  | "attempts"
  | "openCalls"
  | "newestAttempts"
  | "backoffs"
  | "evictedInFlight"
  | "breakers"
  | "endings"
  | "states"
  | "peers"
  | "milestones"
  | "late"
  | "duplicate"
  | "served"
  | "servedAt"
  | "elsewhere"
> {
  readonly lastSeq: number;
  /** In the order in which they were attempted. `arrivals`: as for those of `evictedInFlight`. */
  readonly inFlight: readonly {
    readonly seq: number;
    readonly key: number;
    readonly requester: PeerId;
    readonly arrivals: number;
  }[];
}

/** Everything that was known after event `number`. */
export interface Checkpoint {
  readonly number: number;
  /** When the latest of the events up to it happened, and the earliest of those from it to the next. */
  latestAt: Instant;
  earliestAfter: Instant;
  readonly state: KeptState;
  /** Exchanges. */
  kept: KeptRows;
}

/**
 * What a record of the past begins with: some of the states of the record, from before the oldest event that is held on. The first
 * tells of all exchanges that are still held, each other one only of those that were touched since the one before.
 */
export interface Checkpoints {
  /** How many events lie between two of them. */
  readonly every: number;
  readonly all: Checkpoint[];
  /** The place of the oldest one that can be begun with: the events after it are all held. */
  oldest: number;
  /** When the latest of all events happened. */
  latestAt: Instant;
}

/** The events of a record in the order of their times, as whoever looks at an instant of the past needs them. */
export interface TimeIndex {
  /** By row of the event ring: when it happened. */
  readonly when: Float64Array;
  /** The number of the newest event that was taken in. */
  readonly last: number;
  /** Events have places in the order of their times, `firstPlace` to `endPlace` − 1. */
  readonly firstPlace: number;
  readonly endPlace: number;
  span(): { readonly from: Instant; readonly to: Instant } | null;
  numberAt(place: number): number | undefined;
  whenOf(number: number): Instant;
  placeAt(at: Instant): number;
  begunCount(at: Instant): number;
  begunAt(place: number): number | undefined;
  begunPlace(seq: number): number;
  underWayAt(at: Instant, since?: Instant): Iterable<number>;
}

/** The instant that a record is looked at, and what makes that quick. */
export interface RecordView {
  readonly at: Instant;
  readonly index: TimeIndex;
  /** The record with everything in it. */
  readonly whole: TrafficRecord;
}

/** True for a held event that had happened by the instant at which the record is looked at. */
export function isVisible({ past, events }: TrafficRecord, number: number): boolean {
  if (past === null) return true;
  return number <= past.index.last && past.index.when[number % events.capacity]! <= past.at;
}

/**
 * Requests of this page on one subject that no responder here got and that were answered all the same: by programs elsewhere. Counted
 * by when they were asked, since a responder may tell of its request after the reply was told: the newest seconds are kept apart.
 */
export interface ElsewhereCounts {
  answered: number;
  /** The newest second in which one was asked, how many in it, and in the one before. */
  second: number;
  inSecond: number;
  inSecondBefore: number;
}

/** What one peer did since the last reset. */
export interface PeerCounters {
  /** Requests the server gave it. */
  readonly received: number;
  /** Replies it published that are no errors. */
  readonly replied: number;
  /** Error replies it published. */
  readonly errors: number;
  readonly dropped: number;
  /** Given to it and not handled yet, those being handled included. */
  readonly inHand: number;
  readonly running: number;
  /** Requests it made. */
  readonly sent: number;
  /** What its handler threw last, empty for nothing. */
  /** Why the last of its handlers that failed did. */
  readonly lastError: Reason | null;
}

import type { Instant } from "../../domain/base/instant.ts";
import type { PeerId } from "../../domain/events/events.ts";
import { backoffsOf, lastCalls } from "../../domain/exchanges/calls.ts";
import { openExchanges, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import type { LiveCalls } from "../../domain/schedule/liveCalls.ts";
import { shownDifferences } from "../../domain/schedule/shown.ts";

/** What a peer does, as the drawing has it. */
export interface ShownPeer {
  readonly received: number;
  readonly inHand: number;
  readonly running: number;
  /** Requests of its own that it waits for. */
  readonly waiting: number;
  /** When the first of its calls that failed is tried again; null where none is. */
  readonly resumesAt: Instant | null;
  /** Requests that it gets or makes each second, where so many come that only some are drawn; null elsewhere. */
  readonly perSecond: number | null;
}

export const NOTHING: ShownPeer = {
  received: 0,
  inHand: 0,
  running: 0,
  waiting: 0,
  resumesAt: null,
  perSecond: null,
};

/** What every peer does at an instant of display time. `suspended`: nothing is drawn. */
export function peersAt(
  record: TrafficRecord,
  liveCalls: LiveCalls,
  suspended: boolean,
  at: Instant,
): ReadonlyMap<PeerId, ShownPeer> {
  // Where only some calls are drawn, counts are of all that happens, as rates are.
  const differences =
    suspended || liveCalls.every > 1
      ? new Map<PeerId, never>()
      : shownDifferences(liveCalls.drawn(), liveCalls.hidden(), at);
  const resumes = new Map<PeerId, Instant>();
  for (const { flight } of suspended ? [] : liveCalls.drawn()) {
    const { pause } = flight;
    if (pause && pause.startsAt <= at && at < pause.endsAt)
      resumes.set(pause.peer, Math.min(pause.endsAt, resumes.get(pause.peer) ?? Infinity));
  }
  const waiting = waitingIn(record);
  rate(record, at);
  const peers = new Map<PeerId, ShownPeer>();
  for (const peer of record.peers.keys()) {
    const counters = readPeerCounters(record, peer);
    const difference = differences.get(peer);
    peers.set(peer, {
      received: Math.max(0, counters.received + (difference?.received ?? 0)),
      inHand: Math.max(0, counters.inHand + (difference?.held ?? 0)),
      running: Math.max(0, counters.running + (difference?.running ?? 0)),
      waiting: Math.max(0, (waiting.get(peer) ?? 0) + (difference?.waiting ?? 0)),
      resumesAt:
        resumes.get(peer) ??
        (suspended || liveCalls.every > 1 ? (backoffsOf(record, peer)?.next ?? null) : null),
      perSecond: liveCalls.every > 1 ? (rated.rates.get(peer) ?? 0) : null,
    });
  }
  return peers;
}

/** Over how long rates are measured. */
const RATE_MS = 1000;

let rated: { at: Instant; counts: ReadonlyMap<PeerId, number>; rates: ReadonlyMap<PeerId, number> } = {
  at: 0,
  counts: new Map(),
  rates: new Map(),
};

function rate(record: TrafficRecord, at: Instant): void {
  const passed = at - rated.at;
  if (passed < RATE_MS) return;
  const counts = new Map<PeerId, number>();
  const rates = new Map<PeerId, number>();
  for (const peer of record.peers.keys()) {
    const { received, sent } = readPeerCounters(record, peer);
    const count = received + sent;
    counts.set(peer, count);
    // After a pause nothing is known of the last second.
    const since = passed < 3 * RATE_MS ? count - (rated.counts.get(peer) ?? 0) : 0;
    rates.set(peer, Math.max(0, Math.round((since * 1000) / passed)));
  }
  rated = { at, counts, rates };
}

/** What a peer did at the instant at which a record of the past is looked at. */
export function peerIn(record: TrafficRecord, peer: PeerId): ShownPeer {
  const { received, inHand, running } = readPeerCounters(record, peer);
  return { ...NOTHING, received, inHand, running, waiting: countedIn(record).waiting.get(peer) ?? 0 };
}

/** The seq of the last request that a peer had made itself, if that is over; null else. */
export function lastOverIn(record: TrafficRecord, peer: PeerId): number | null {
  const seq = countedIn(record).asked.get(peer);
  const isOver = seq !== undefined && (summariseExchange(record, seq)?.outcome ?? null) !== null;
  return isOver ? seq : null;
}

interface Counted {
  readonly record: TrafficRecord;
  readonly version: number;
  readonly waiting: ReadonlyMap<PeerId, number>;
  /** The seq of the last request that each peer made itself. */
  readonly asked: ReadonlyMap<PeerId, number>;
}

let counted: Counted | null = null;

/** One walk over all exchanges of a record of the past serves every peer. */
function countedIn(record: TrafficRecord): Counted {
  if (counted?.record === record && counted.version === record.version) return counted;
  counted = { record, version: record.version, waiting: waitingIn(record), asked: lastCalls(record) };
  return counted;
}

/** How many exchanges of each peer are in flight. */
function waitingIn(record: TrafficRecord): ReadonlyMap<PeerId, number> {
  const waiting = new Map<PeerId, number>();
  for (const seq of openExchanges(record)) {
    const requester = summariseExchange(record, seq)?.requester ?? null;
    if (requester !== null) waiting.set(requester, (waiting.get(requester) ?? 0) + 1);
  }
  return waiting;
}

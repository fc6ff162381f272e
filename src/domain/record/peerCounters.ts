import { decodeReason } from "../events/reasons.ts";
import type { PeerId } from "../events/events.ts";
import { textOf } from "./eventTexts.ts";
import type { TrafficRecord, PeerCounts, PeerCounters } from "./trafficRecord.ts";
import { KeyTable } from "../base/keyTable.ts";
import type { Instant } from "../base/instant.ts";

const NOTHING: PeerCounters = {
  received: 0,
  replied: 0,
  errors: 0,
  dropped: 0,
  inHand: 0,
  running: 0,
  sent: 0,
  lastError: null,
};

export function readPeerCounters(record: TrafficRecord, peer: PeerId): PeerCounters {
  const counts = record.peers.get(peer);
  if (!counts) return NOTHING;
  const { received, replied, errors, dropped, sent, lastError, held, running } = counts;
  return {
    received,
    replied,
    errors,
    dropped,
    sent,
    lastError: decodeReason(lastError),
    inHand: held,
    running,
  };
}

/** When a peer got the first of the requests that are counted; 0 for none. */
export const firstReceivedAt = (record: TrafficRecord, peer: PeerId): Instant =>
  record.peers.get(peer)?.firstReceivedAt ?? 0;

/** The counts of one peer, made when there are none yet. */
export function countersOf(record: TrafficRecord, peer: PeerId): PeerCounts {
  const known = record.peers.get(peer);
  if (known) return known;
  const made: PeerCounts = {
    received: 0,
    firstReceivedAt: 0,
    replied: 0,
    errors: 0,
    dropped: 0,
    sent: 0,
    threw: 0,
    lastError: "",
    held: 0,
    running: 0,
    inHand: new KeyTable(),
    latestAt: 0,
    stateAt: 0,
    endedAt: 0,
  };
  record.peers.set(peer, made);
  return made;
}

/** Reads what a peer's handler threw last: decoding each error would cost too much where every request fails. */
export function noteLastError(record: TrafficRecord, counts: PeerCounts): void {
  if (counts.threw === 0) return;
  counts.lastError = textOf(record, counts.threw, "payload");
  counts.threw = 0;
}

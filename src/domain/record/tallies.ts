import type { Instant, PeerId } from "../events/events.ts";
import type { TrafficRecord } from "./trafficRecord.ts";

/** What one peer did since the last reset. */
export interface Tally {
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
  readonly lastError: string;
}

const NOTHING: Tally = {
  received: 0,
  replied: 0,
  errors: 0,
  dropped: 0,
  inHand: 0,
  running: 0,
  sent: 0,
  lastError: "",
};

export function readTally(record: TrafficRecord, peer: PeerId): Tally {
  if (record.past !== null) return record.past.index.tallyAt(record.past.at, peer) ?? NOTHING;
  const counts = record.tallies.get(peer);
  if (!counts) return NOTHING;
  const { received, replied, errors, dropped, sent, lastError, held, running } = counts;
  return { received, replied, errors, dropped, sent, lastError, inHand: held, running };
}

/** When a peer got the first of the requests that are counted; 0 for none. */
export const firstReceivedAt = (record: TrafficRecord, peer: PeerId): Instant =>
  record.tallies.get(peer)?.firstReceivedAt ?? 0;

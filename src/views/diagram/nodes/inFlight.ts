import type { PeerId } from "../../../domain/events/events.ts";
import { openExchanges, summariseExchange } from "../../../domain/exchanges/readExchange.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";

let counted: { version: number; record: TrafficRecord; byPeer: Map<PeerId, number> } | null = null;

/** How many exchanges of a peer are in flight. One walk over all of them serves every peer until the record changes. */
export function inFlightOf(record: TrafficRecord, peer: PeerId): number {
  if (counted?.record !== record || counted.version !== record.version) {
    const byPeer = new Map<PeerId, number>();
    for (const seq of openExchanges(record)) {
      const requester = summariseExchange(record, seq)?.requester ?? null;
      if (requester !== null) byPeer.set(requester, (byPeer.get(requester) ?? 0) + 1);
    }
    counted = { version: record.version, record, byPeer };
  }
  return counted.byPeer.get(peer) ?? 0;
}

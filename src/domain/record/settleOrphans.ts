import { noteBreaker } from "./breakers.ts";
import { cutBackoffShort, isOpen, openRows } from "./exchangeRing.ts";
import type { PeerId, PeerState } from "../events/events.ts";
import { settle } from "./exchangeTable.ts";
import { addFailure } from "../statistics/latency.ts";
import { countSettled } from "./perSecondCounters.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { Ending, TrafficRecord } from "./trafficRecord.ts";
import { countersOf } from "./peerCounters.ts";

/** How many ends of one peer are remembered, for telling which of its deliveries they cut short. */
const MOST_ENDINGS = 64;

/** Settles what a peer had in flight and empties its hands: its worker is gone, and nobody else ever will. */
export function settleOrphans(
  record: TrafficRecord,
  peer: PeerId,
  state: PeerState,
  ending: Pick<Ending, "number" | "at" | "reason">,
): void {
  const { openCalls, evictedInFlight, exchanges, calls, attempts, endings } = record;
  const code = outcomeCode(state === "killed" || state === "crashed" ? "connectionLost" : "cancelled");

  const cut = openCalls.removeTagged(peer);
  calls.ended[code] = (calls.ended[code] ?? 0) + cut;
  for (let call = 0; call < cut; call++) addFailure(record.latency, ending.at);

  if (record.backoffs.removeTagged(peer) > 0) {
    for (const key of exchanges.rows.keys()) {
      const row = exchanges.rows.tags[exchanges.rows.find(key)] ?? 0;
      if (exchanges.requester[row] === peer) cutBackoffShort(exchanges, key, ending.at);
    }
  }
  // The breaker ended with its worker; the next one begins closed.
  if (record.breakers.has(peer)) {
    noteBreaker(record, peer, { ...ending, state: "closed", openMs: 0, failures: 0 });
  }

  const before = attempts.ended[code] ?? 0;
  for (const row of openRows(exchanges)) {
    if (exchanges.requester[row] === peer && isOpen(exchanges, row)) {
      settle(record, row, ending.at, code, ending.number);
    }
  }
  const settled = (attempts.ended[code] ?? 0) + evictedInFlight.removeTagged(peer);
  attempts.ended[code] = settled;
  countSettled(record.perSecond, ending.at, code, settled - before);

  const tally = countersOf(record, peer);
  const { held, running } = tally;
  for (const key of tally.inHand.keys()) {
    const slot = exchanges.rows.find(key);
    const row = exchanges.rows.tags[slot];
    if (row !== undefined) exchanges.cut[row] = (exchanges.cut[row] ?? 0) + 1;
  }
  tally.inHand.clear();
  tally.held = 0;
  tally.running = 0;

  const known = endings.get(peer) ?? [];
  endings.set(peer, [...known, { ...ending, held, running, waiting: settled - before }].slice(-MOST_ENDINGS));
}

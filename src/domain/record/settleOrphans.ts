import { noteBreaker } from "./breakers.ts";
import { cutBackoffShort, isOpen, openRows, rowOfKey, rowsOfKey } from "./exchangeRing.ts";
import type { PeerId, PeerState } from "../events/events.ts";
import { doneBy, MOST_SHARING } from "./sharedReply.ts";
import { settle } from "./exchangeTable.ts";
import { addFailure } from "../statistics/latency.ts";
import { countSettled } from "./perSecondCounters.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { Ending, TrafficRecord } from "./trafficRecord.ts";
import { countersOf } from "./peerCounters.ts";

/** How many ends of one peer are remembered, for telling which of its deliveries they aborted. */
const MOST_ENDINGS = 64;

/** Settles what a peer had in flight and empties its hands: its worker is gone, and nobody else ever will. */
export function settleOrphans(record: TrafficRecord, peer: PeerId, state: PeerState, ending: Ending): void {
  const { openCalls, evictedInFlight, exchanges, calls, attempts, endings } = record;
  const { number, at } = ending;
  const code = outcomeCode(state === "killed" || state === "crashed" ? "connectionLost" : "cancelled");

  const interrupted = openCalls.removeTagged(peer);
  calls.ended[code] = (calls.ended[code] ?? 0) + interrupted;
  for (let call = 0; call < interrupted; call++) addFailure(record.latency, at);
  record.newestAttempts.removeTagged(peer);

  if (record.backoffs.removeTagged(peer) > 0) {
    const end = Math.min(exchanges.capacity, exchanges.last + 1);
    for (let row = 0; row < end; row++) {
      if (exchanges.requester[row] === peer) cutBackoffShort(exchanges, row, at, number);
    }
  }
  // The breaker ended with its worker; the next one begins closed.
  if (record.breakers.has(peer)) {
    noteBreaker(record, peer, { ...ending, state: "closed", openMs: 0, failures: 0 });
  }

  const before = attempts.ended[code] ?? 0;
  for (const row of openRows(exchanges)) {
    if (exchanges.requester[row] === peer && isOpen(exchanges, row)) settle(record, row, at, code, number);
  }
  const settled = (attempts.ended[code] ?? 0) + evictedInFlight.removeTagged(peer);
  attempts.ended[code] = settled;
  countSettled(record.perSecond, at, code, settled - before);

  const counts = countersOf(record, peer);
  for (const key of counts.inHand.keys()) {
    const row = rowOfKey(exchanges, key);
    if (row < 0) continue;
    const rows = exchanges.replyBefore[row] === 0 ? [row] : rowsOfKey(exchanges, key, MOST_SHARING);
    for (const each of rows) abort(record, each, peer, number);
  }
  counts.inHand.clear();
  counts.held = 0;
  counts.running = 0;

  const known = endings.get(peer) ?? [];
  endings.set(peer, [...known, ending].slice(-MOST_ENDINGS));
}

/** The end of a peer's worker aborts what it holds of an exchange. */
function abort(record: TrafficRecord, row: number, peer: PeerId, number: number): void {
  const { exchanges } = record;
  const { delivered, handled } = doneBy(record, row, peer);
  // One whose events were evicted is in hand all the same.
  const aborted = exchanges.replyBefore[row] === 0 ? Math.max(1, delivered - handled) : delivered - handled;
  if (aborted <= 0) return;
  exchanges.abortedDeliveries[row] = exchanges.abortedDeliveries[row]! + aborted;
  exchanges.touched[row] = number;
}

import { exchangeRange } from "./readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/**
 * A number that changes whenever more is known of an exchange, and only then: whoever keeps something made of the exchange
 * compares two of them instead of reading it again. `null` when it gave way to newer ones.
 */
export function exchangeRevision(record: TrafficRecord, seq: number): number | null {
  const { first, last } = exchangeRange(record);
  if (seq < first || seq > last) return null;
  const { newest, settledAt, cut, curtailed, capacity } = record.exchanges;
  const row = seq % capacity;
  // The end of a worker settles what it had in flight and aborts what it held, without an event of the exchange; so does the end
  // of its call with a wait for the next attempt.
  const held = Math.min(cut[row] ?? 0, 511) / 1024;
  return (newest[row] ?? 0) + (settledAt[row] ? 0.5 : 0) + held + (curtailed[row] ?? 0) / 4096;
}

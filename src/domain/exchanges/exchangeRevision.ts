import { exchangeRange } from "./readExchange.ts";
import { rowOfSeq } from "../record/exchangeRing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/**
 * A number that changes whenever more is known of an exchange, and only then: whoever keeps something made of the exchange
 * compares two of them instead of reading it again. `null` when it was evicted.
 */
export function exchangeRevision(record: TrafficRecord, seq: number): number | null {
  const row = rowOfSeq(record.exchanges, seq);
  return row < 0 || seq < exchangeRange(record).first ? null : record.exchanges.touched[row]!;
}

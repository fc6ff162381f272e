import type { Exchange } from "../events/exchange.ts";
import { exchangeRange, readExchange, summariseExchange } from "./readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** So many exchanges after one are looked at for those that its handlers made; under load they lie far apart. */
const LOOKED_AT = 400;

/** The exchanges that were made while an exchange was handled, in the order they were made. */
export function nestedIn(record: TrafficRecord, exchange: Exchange): readonly Exchange[] {
  const { last } = exchangeRange(record);
  const handlers = new Set(exchange.deliveries.map(({ peer }) => peer));
  const nested: Exchange[] = [];
  for (let seq = exchange.seq + 1; seq <= Math.min(last, exchange.seq + LOOKED_AT); seq++) {
    const summary = summariseExchange(record, seq);
    // Only a responder that was given this one can have asked in turn.
    if (!summary || summary.requester === null || !handlers.has(summary.requester)) continue;
    const found = readExchange(record, seq);
    if (found?.parent === exchange.key) nested.push(found);
  }
  return nested;
}

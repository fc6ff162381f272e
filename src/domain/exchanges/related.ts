import type { Exchange } from "../events/exchange.ts";
import { exchangeRange, findExchange, readExchange, summariseExchange } from "./readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** Attempts of one call lie near each other; under load others come between. */
const ATTEMPTS_WITHIN = 20_000;
/** More than this in one picture tells nobody anything. */
const MOST = 40;

/**
 * Everything that belongs to one story: the exchange that began it, the other attempts of its call, and what their handlers asked in
 * turn. In the order in which they were made; 40 at most, of which `seq` is always one.
 */
export function relatedExchanges(record: TrafficRecord, seq: number): readonly Exchange[] {
  const chosen = readExchange(record, seq);
  if (!chosen) return [];
  const found = new Map<number, Exchange>([[seq, chosen]]);
  const add = (exchange: Exchange): void => {
    if (found.size >= MOST || (found.has(exchange.seq) && exchange !== chosen)) return;
    found.set(exchange.seq, exchange);
    for (const nested of nestedIn(record, exchange)) add(nested);
  };
  for (const attempt of attemptsOf(record, rootOf(record, chosen))) add(attempt);
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}

/** The exchange in whose handlers this one was made, however deep. */
function rootOf(record: TrafficRecord, exchange: Exchange): Exchange {
  let root = exchange;
  for (let depth = 0; depth < MOST && root.parent !== null; depth++) {
    const parent = findExchange(record, root.parent);
    if (!parent || parent.seq === root.seq) break;
    root = parent;
  }
  return root;
}

/** All attempts of the call that an exchange is one of, in their order; the exchange alone where it is part of none. */
export function attemptsOf(record: TrafficRecord, exchange: Exchange): readonly Exchange[] {
  const { call, seq } = exchange;
  if (call === null) return [exchange];
  const { exchanges } = record;
  const { first, last } = exchangeRange(record);
  const attempts: Exchange[] = [];
  for (
    let each = Math.max(first, seq - ATTEMPTS_WITHIN);
    each <= Math.min(last, seq + ATTEMPTS_WITHIN);
    each++
  ) {
    if (exchanges.call[each % exchanges.capacity] !== call) continue;
    const attempt = each === seq ? exchange : readExchange(record, each);
    if (attempt) attempts.push(attempt);
  }
  return attempts;
}

/** So many exchanges after one are looked at for those that its handlers made; under load they lie far apart. */
const NESTED_WITHIN = 400;

/** The exchanges that were made while an exchange was handled, in the order they were made. */
export function nestedIn(record: TrafficRecord, exchange: Exchange): readonly Exchange[] {
  const { last } = exchangeRange(record);
  const handlers = new Set(exchange.deliveries.map(({ peer }) => peer));
  const nested: Exchange[] = [];
  for (let seq = exchange.seq + 1; seq <= Math.min(last, exchange.seq + NESTED_WITHIN); seq++) {
    const summary = summariseExchange(record, seq);
    // Only a responder that was given this one can have asked in turn.
    if (!summary || summary.requester === null || !handlers.has(summary.requester)) continue;
    const found = readExchange(record, seq);
    if (found?.parent === exchange.key) nested.push(found);
  }
  return nested;
}

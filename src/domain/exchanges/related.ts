import type { Exchange } from "../events/exchange.ts";
import { findExchange, readExchange } from "./readExchange.ts";
import { rowOfSeq } from "../record/exchangeRing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** More than this in one picture tells nobody anything. */
export const MOST_RELATED = 40;

/**
 * Everything that belongs to one story: the exchange that began it, the other attempts of its call, and what their handlers asked in
 * turn. In the order in which they were made; 40 at most, of which `seq` is always one.
 */
export function relatedExchanges(record: TrafficRecord, seq: number): readonly Exchange[] {
  const chosen = readExchange(record, seq);
  if (!chosen) return [];
  const found = new Map<number, Exchange>([[seq, chosen]]);
  const add = (exchange: Exchange): void => {
    if (found.size >= MOST_RELATED || (found.has(exchange.seq) && exchange !== chosen)) return;
    found.set(exchange.seq, exchange);
    for (const nested of nestedIn(record, exchange)) add(nested);
  };
  for (const attempt of attemptsOf(record, rootOf(record, chosen))) add(attempt);
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}

/** The exchange in whose handlers this one was made, however deep. */
function rootOf(record: TrafficRecord, exchange: Exchange): Exchange {
  let root = exchange;
  for (let depth = 0; depth < MOST_RELATED && root.parent !== null; depth++) {
    const parent = findExchange(record, root.parent);
    if (!parent || parent.seq === root.seq) break;
    root = parent;
  }
  return root;
}

/** All attempts of the call that an exchange is one of, in their order; the exchange alone where it is part of none. */
export function attemptsOf(record: TrafficRecord, exchange: Exchange): readonly Exchange[] {
  const { exchanges } = record;
  let first = rowOfSeq(exchanges, exchange.seq);
  for (let row = first; row >= 0; row = rowOfSeq(exchanges, exchanges.attemptBefore[row]!)) first = row;
  const attempts: Exchange[] = [];
  for (let row = first; row >= 0; row = rowOfSeq(exchanges, exchanges.attemptAfter[row]!)) {
    const seq = exchanges.seq[row]!;
    const attempt = seq === exchange.seq ? exchange : readExchange(record, seq);
    if (attempt) attempts.push(attempt);
  }
  return attempts;
}

/** The exchanges that were made while an exchange was handled, in the order they were made: the first `most` of them. */
export function nestedIn(
  record: TrafficRecord,
  exchange: Exchange,
  most = MOST_RELATED,
): readonly Exchange[] {
  const { exchanges } = record;
  const seqs: number[] = [];
  let row = rowOfSeq(exchanges, exchanges.nestedNewest[exchange.seq % exchanges.capacity]!);
  for (; row >= 0; row = rowOfSeq(exchanges, exchanges.nestedBefore[row]!)) seqs.push(exchanges.seq[row]!);
  return seqs
    .reverse()
    .slice(0, most)
    .flatMap((seq) => readExchange(record, seq) ?? []);
}

import { findExchangeSeq } from "../record/exchangeRing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** Handlers that ask each other in a circle. */
const MOST_DEEP = 64;

/** The exchange that a call tree began with, as far as it is held: what was asked first, by nobody's handler. */
export function rootSeq({ exchanges }: TrafficRecord, seq: number): number {
  let root = seq;
  for (let depth = 0; depth < MOST_DEEP; depth++) {
    const parent = exchanges.parent[root % exchanges.capacity]!;
    const next = parent === 0 ? 0 : findExchangeSeq(exchanges, parent);
    if (next === 0 || next === root) break;
    root = next;
  }
  return root;
}

const CALLS = 2 ** 32;

/** A number by which a call tree is drawn or not: that of its call, which all attempts share, or else of its first exchange. */
export function treeNumber(record: TrafficRecord, seq: number): number {
  const root = rootSeq(record, seq);
  const call = record.exchanges.call[root % record.exchanges.capacity]!;
  return call === 0 ? root : call % CALLS;
}

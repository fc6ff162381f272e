import { rowOfKey, rowOfSeq } from "../record/exchangeRing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** The rows of one call tree, one beneath the other: positions in `rows`. */
export interface RowTree {
  readonly first: number;
  readonly count: number;
}

export interface GroupedRows {
  /** Seqs of exchanges. */
  readonly rows: readonly number[];
  /** In how many handlers of other exchanges each of them was made, for the first hundred levels. */
  readonly depths: Uint8Array;
  /** Those of more than one row. */
  readonly trees: readonly RowTree[];
}

/** So many rows share lines of pixels: nobody sees which stand together. */
const MOST_GROUPED = 20_000;
const DEEPEST = 100;

/**
 * Rows in the order of their call trees: the attempts of a call and what their handlers asked stand together, where the first of them
 * is. Rows are seqs, the oldest first.
 */
export function groupByTree(record: TrafficRecord, rows: readonly number[]): GroupedRows {
  if (rows.length > MOST_GROUPED) return { rows, depths: new Uint8Array(rows.length), trees: [] };
  const found = new Map<number, { root: number; depth: number }>();
  const groups = new Map<number, number[]>();
  for (const seq of rows) {
    const { root } = placeOf(record, seq, found);
    const group = groups.get(root);
    if (group) group.push(seq);
    else groups.set(root, [seq]);
  }
  const grouped = [...groups.values()].flat();
  let first = 0;
  const trees: RowTree[] = [];
  for (const { length } of groups.values()) {
    if (length > 1) trees.push({ first, count: length });
    first += length;
  }
  return { rows: grouped, depths: Uint8Array.from(grouped, (seq) => found.get(seq)?.depth ?? 0), trees };
}

/** The exchange that began the tree of another, and how deep that one is in it. */
function placeOf(
  { exchanges }: TrafficRecord,
  seq: number,
  found: Map<number, { root: number; depth: number }>,
): { root: number; depth: number } {
  let row = rowOfSeq(exchanges, seq);
  let depth = 0;
  for (let climbed = 0; climbed < DEEPEST && row >= 0; climbed++) {
    const known = found.get(exchanges.seq[row]!);
    if (known) {
      const place = { root: known.root, depth: depth + known.depth };
      found.set(seq, place);
      return place;
    }
    const before = rowOfSeq(exchanges, exchanges.attemptBefore[row]!);
    const parent = before >= 0 ? -1 : rowOfKey(exchanges, exchanges.parent[row]!);
    if (before < 0 && (parent < 0 || parent === row)) break;
    if (before < 0) depth++;
    row = before >= 0 ? before : parent;
  }
  const place = { root: row < 0 ? seq : exchanges.seq[row]!, depth };
  found.set(seq, place);
  return place;
}

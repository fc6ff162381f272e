import { columnsOf, type ExchangeRing } from "./exchangeRing.ts";
import type { KeptRows } from "./trafficRecord.ts";

let kept = 0;

/** Copies rows of a ring, whose numbers are given in ascending order. Rows in use lie together: whole runs are copied at once. */
export function keepRows(ring: ExchangeRing, rows: Uint32Array): KeptRows {
  const of = columnsOf(ring);
  const columns = of.map((column) => column.slice(0, rows.length));
  for (let from = 0; from < rows.length;) {
    const row = rows[from]!;
    let count = 1;
    while (rows[from + count] === row + count) count++;
    for (let number = 0; number < of.length; number++) {
      columns[number]!.set(of[number]!.subarray(row, row + count), from);
    }
    from += count;
  }
  return { id: ++kept, rows, columns };
}

/** The newer of two states of each row. Exchanges that are evicted now are left out: no row of them is needed to go on. */
export function mergeRows(ring: ExchangeRing, older: KeptRows, newer: KeptRows): KeptRows {
  const from = [older, newer] as const;
  const seqs = from.map(({ columns }) => columns[0]!);
  /** By place of what is made: twice the place it is taken from, and 1 more where that is of the newer. */
  const taken: number[] = [];
  const rows: number[] = [];
  for (let old = 0, next = 0; old < older.rows.length || next < newer.rows.length;) {
    const oldRow = older.rows[old] ?? Infinity;
    const nextRow = newer.rows[next] ?? Infinity;
    const which = nextRow <= oldRow ? 1 : 0;
    const row = Math.min(oldRow, nextRow);
    const place = which === 1 ? next : old;
    if (ring.seq[row] === seqs[which]![place]) {
      taken.push(place * 2 + which);
      rows.push(row);
    }
    if (oldRow === row) old++;
    if (nextRow === row) next++;
  }
  const columns = newer.columns.map((column, number) => {
    const made = new (column.constructor as new (length: number) => typeof column)(rows.length); // of its own kind
    for (let index = 0; index < taken.length;) {
      const begin = taken[index]!;
      let count = 1;
      while (taken[index + count] === begin + 2 * count) count++;
      const source = from[begin & 1]!.columns[number]!;
      made.set(source.subarray(begin >> 1, (begin >> 1) + count), index);
      index += count;
    }
    return made;
  });
  return { id: ++kept, rows: Uint32Array.from(rows), columns };
}

/** Copies `count` kept rows from a place on back into a ring, from a row on. */
export function restoreRows(
  ring: ExchangeRing,
  from: KeptRows,
  place: number,
  row: number,
  count: number,
): void {
  const columns = columnsOf(ring);
  for (let number = 0; number < columns.length; number++) {
    const column = columns[number]!;
    const source = from.columns[number]!;
    if (count === 1) column[row] = source[place]!;
    else column.set(source.subarray(place, place + count), row);
  }
}

import { columnsOf, type Column, type ExchangeRing } from "./exchangeRing.ts";
import type { KeptRows } from "./trafficRecord.ts";

/** The place of the column of seqs: of no row it is 0. */
const SEQ = 0;
/** So many values are copied one by one at most: a view of more costs less. */
const FEW = 16;

let kept = 0;

/** Copies rows of a ring, whose numbers are given in ascending order. Rows in use lie together: whole runs are copied at once. */
export function keepRows(ring: ExchangeRing, rows: Uint32Array): KeptRows {
  const runs: Run[] = [];
  for (let index = 0; index < rows.length;) {
    const from = rows[index]!;
    let count = 1;
    while (rows[index + count] === from + count) count++;
    runs.push({ source: 0, from, to: index, count });
    index += count;
  }
  const columns = columnsOf(ring);
  return { id: ++kept, rows, columns: copied(columns, [columns], runs, rows.length) };
}

/** The newest of the states of each row, oldest first. Exchanges that are evicted now are left out: no row of them is needed to go on. */
export function mergeRows(ring: ExchangeRing, states: readonly KeptRows[]): KeptRows {
  const capacity = states.reduce((most, { rows }) => Math.max(most, (rows.at(-1) ?? -1) + 1), 0);
  /** By row of the ring: the state that holds it last, counted from 1, and the place there. */
  const sources = new Uint32Array(capacity);
  const places = new Uint32Array(capacity);
  for (const [index, { rows }] of states.entries()) {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      sources[row] = index + 1;
      places[row] = place;
    }
  }
  const rows = new Uint32Array(capacity);
  const runs: Run[] = [];
  let run: Run | null = null;
  let length = 0;
  for (let row = 0; row < capacity; row++) {
    const source = sources[row]! - 1;
    const from = places[row]!;
    if (source < 0 || ring.seq[row] !== states[source]!.columns[SEQ]![from]) continue;
    if (run !== null && run.source === source && run.from + run.count === from) run.count++;
    else runs.push((run = { source, from, to: length, count: 1 }));
    rows[length++] = row;
  }
  const columns = copied(
    columnsOf(ring),
    states.map((state) => state.columns),
    runs,
    length,
  );
  return { id: ++kept, rows: rows.slice(0, length), columns };
}

/** Values that follow each other: in the columns of which source, from which place, to which, and how many. */
interface Run {
  readonly source: number;
  readonly from: number;
  readonly to: number;
  count: number;
}

/** Columns of such kinds with what the runs name; null for those in which nothing is. */
function copied(
  kinds: readonly Column[],
  sources: readonly KeptRows["columns"][],
  runs: readonly Run[],
  length: number,
): KeptRows["columns"] {
  return kinds.map((kind, number) => {
    const made = new (kind.constructor as new (length: number) => Column)(length); // of its own kind
    for (const { source, from, to, count } of runs) {
      const column = sources[source]![number]!;
      if (column !== null) copyRun(column, from, made, to, count);
    }
    return isEmpty(made) ? null : made;
  });
}

/** Most exchanges are of no retry, of no handler's, and nothing of them is late: a third of what is kept would be zeros. */
function isEmpty(column: Column): boolean {
  for (let index = 0; index < column.length; index++) if (column[index] !== 0) return false;
  return true;
}

function copyRun(source: Column, from: number, target: Column, to: number, count: number): void {
  if (count > FEW) target.set(source.subarray(from, from + count), to);
  else for (let index = 0; index < count; index++) target[to + index] = source[from + index]!;
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
    const source = from.columns[number]!;
    const column = columns[number]!;
    if (source === null) column.fill(0, row, row + count);
    else copyRun(source, place, column, row, count);
  }
}

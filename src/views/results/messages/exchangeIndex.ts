import type { RowIndex } from "../../lists/rows.ts";

/**
 * Which exchanges of the record a filter lets through, newest first, kept up to date in small steps: a record holds tens
 * of thousands of exchanges and grows by a thousand a second, so none is looked at more often than needed, and never all in one go.
 */
export interface ExchangeSource {
  /** Exchanges still held, by their running numbers; `last < first` when there is none. */
  range(): { readonly first: number; readonly last: number };
  look(seq: number): Look;
  /** So many of the newest are looked at each time even when final: a late or duplicate reply may still come to them. */
  readonly lookedAtAgain: number;
}

export interface Look {
  readonly wanted: boolean;
  /** Nothing will change any more of what the filter looks at, or almost nothing: see `lookedAtAgain`. */
  readonly final: boolean;
}

export function createExchangeIndex(source: ExchangeSource): RowIndex {
  /** Let through; ascending, and descending: what came since this began, and what was there before. */
  const newer: number[] = [];
  const older: number[] = [];
  const open = new Set<number>();
  let { first, last } = source.range();
  const began = last;
  /** The next one to look at while going back. */
  let back = last;

  const place = (list: number[], seq: number, ascending: boolean): number => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const value = list[middle] ?? 0;
      if (ascending ? value < seq : value > seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const look = (seq: number): void => {
    const list = seq > began ? newer : older;
    const at = place(list, seq, seq > began);
    const held = list[at] === seq;
    const { wanted, final } = source.look(seq);
    if (wanted && !held) list.splice(at, 0, seq);
    else if (!wanted && held) list.splice(at, 1);
    if (final) open.delete(seq);
    else open.add(seq);
  };

  const forget = (): void => {
    while (older.length > 0 && (older.at(-1) ?? 0) < first) older.pop();
    const gone = place(newer, first, true);
    if (gone > 0) newer.splice(0, gone);
    for (const seq of open) if (seq < first) open.delete(seq);
  };

  return {
    advance(budget) {
      const seen = last;
      ({ first, last } = source.range());
      forget();
      for (let seq = Math.max(first, seen + 1); seq <= last; seq++) look(seq);
      const again = Math.max(first, seen - source.lookedAtAgain + 1, back + 1);
      for (let seq = again; seq <= seen; seq++) look(seq);
      for (const seq of open) if (seq < again) look(seq);
      const until = Math.max(first, back - budget + 1);
      for (; back >= until; back--) look(back);
      return back < first;
    },
    get count() {
      return newer.length + older.length;
    },
    at(index) {
      return index < newer.length ? newer[newer.length - 1 - index] : older[index - newer.length];
    },
    newerThan(seq) {
      return seq > began
        ? newer.length - place(newer, seq + 1, true)
        : newer.length + place(older, seq, false);
    },
  };
}

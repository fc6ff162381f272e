import { useEffect, useState } from "react";
import type { RowIndex, Rows } from "./rows.ts";

/**
 * The rows of an index, which is advanced whenever the record changes and until it has looked at everything, at `budget` older
 * ones at a time: as many as take a few ms, so that frames and the keyboard keep their turn.
 */
export function useIndexedRows(index: RowIndex, version: number, budget: number): Rows;
export function useIndexedRows(index: RowIndex | null, version: number, budget: number): Rows | null;
export function useIndexedRows(index: RowIndex | null, version: number, budget: number): Rows | null {
  const [progress, setProgress] = useState({ index, searching: false, step: 0 });
  useEffect(() => {
    if (!index) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const search = (): void => {
      const searching = !index.advance(budget);
      setProgress((before) => ({ index, searching, step: before.step + 1 }));
      if (searching) timer = setTimeout(search, 16);
    };
    search();
    return () => clearTimeout(timer);
  }, [index, version, budget]);

  if (!index) return null;
  return {
    count: index.count,
    at: (place) => index.at(place),
    newerThan: (number) => index.newerThan(number),
    searching: progress.index !== index || progress.searching,
  };
}

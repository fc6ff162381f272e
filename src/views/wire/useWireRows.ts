import { firstPlace } from "../../domain/base/binarySearch.ts";
import { useMemo } from "react";
import { createWireIndex, type WireFilter } from "../../domain/frames/wireIndex.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import type { Rows } from "../lists/rows.ts";
import { useIndexedRows } from "../lists/useIndexedRows.ts";
import { isVisible } from "../../domain/record/trafficRecord.ts";

/** So many events are looked at in one go: many where a look at a number or two decides, fewer where texts are read. */
const BUDGET = 20_000;
const BUDGET_WITH_TEXT = 1500;

/** Frames that a filter lets through, the latest first. */
export function useWireRows(filter: WireFilter, version: number): Rows {
  const { record } = recordStore.getState();
  const budget = filter.text.trim() === "" ? BUDGET : BUDGET_WITH_TEXT;
  const index = useMemo(() => {
    const created = createWireIndex(record, filter);
    created.advance(budget); // so that the first rows are there at once
    return created;
  }, [record, filter, budget]);
  const rows = useIndexedRows(index, version, budget);
  const shown = shownRecord();
  return shown.past === null ? rows : happened(rows, (number) => isVisible(shown, number));
}

/** Without those at the top that are still to come at the instant that is looked at. */
function happened(rows: Rows, has: (number: number) => boolean): Rows {
  const hasAt = (place: number): boolean => has(rows.at(place) ?? 0);
  let later = firstPlace(0, rows.count, hasAt);
  // Clocks of workers agree only so far: the newest few may not lie in the order of what caused what.
  while (later > 0 && hasAt(later - 1)) later--;
  return {
    count: rows.count - later,
    at: (place) => rows.at(place + later),
    newerThan: (number) => Math.max(0, rows.newerThan(number) - later),
    searching: rows.searching,
  };
}

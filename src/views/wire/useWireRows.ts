import { useMemo } from "react";
import { createWireIndex, type WireFilter } from "../../domain/wireIndex.ts";
import { recordStore } from "../../stores/recordStore.ts";
import type { Rows } from "../lists/rows.ts";
import { useIndexedRows } from "../lists/useIndexedRows.ts";

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
  return useIndexedRows(index, version, budget);
}

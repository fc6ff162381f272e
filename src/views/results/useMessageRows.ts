import { useMemo } from "react";
import { exchangeRange } from "../../domain/readExchange.ts";
import { recordStore } from "../../stores/recordStore.ts";
import type { Rows } from "../lists/rows.ts";
import { useIndexedRows } from "../lists/useIndexedRows.ts";
import { createExchangeIndex } from "./exchangeIndex.ts";
import { filteredExchanges, isFiltering, type MessageFilter } from "./messageFilter.ts";

/** So many exchanges are looked at in one go. */
const BUDGET = 3000;

/** Exchanges that a filter lets through, newest first. */
export function useMessageRows(filter: MessageFilter, version: number): Rows {
  const { record } = recordStore.getState();
  const index = useMemo(() => {
    if (!isFiltering(filter)) return null;
    const created = createExchangeIndex(filteredExchanges(record, filter));
    created.advance(BUDGET); // so that the first rows are there at once
    return created;
  }, [record, filter]);
  const found = useIndexedRows(index, version, BUDGET);
  if (found) return found;
  const { first, last } = exchangeRange(record);
  return {
    count: last - first + 1,
    at: (place) => (place >= 0 && last - place >= first ? last - place : undefined),
    newerThan: (seq) => Math.max(0, last - seq),
    searching: false,
  };
}

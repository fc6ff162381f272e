import { useMemo } from "react";
import { exchangeRange } from "../../../domain/exchanges/readExchange.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import type { Rows } from "../../lists/rows.ts";
import { useIndexedRows } from "../../lists/useIndexedRows.ts";
import { createExchangeIndex } from "./exchangeIndex.ts";
import { filteredExchanges, isFiltering, type MessageFilter } from "./messageFilter.ts";

/** So many exchanges are looked at in one go. */
const BUDGET = 3000;

/** Exchanges that a filter lets through, newest first. */
export function useMessageRows(filter: MessageFilter, version: number): Rows {
  const record = shownRecord();
  const filtered = useMemo(() => {
    if (!isFiltering(filter)) return null;
    const created = createExchangeIndex(filteredExchanges(record, filter));
    created.advance(BUDGET); // so that the first rows are there at once
    return created;
  }, [record, filter]);
  const found = useIndexedRows(filtered, version, BUDGET);
  if (found) return found;
  if (record.past) {
    const { index, at: until } = record.past;
    const count = index.begunCount(until);
    return {
      count,
      at: (place) => (place >= 0 && place < count ? index.begunAt(count - 1 - place) : undefined),
      newerThan: (seq) => Math.max(0, count - 1 - index.begunPlace(seq)),
      searching: false,
    };
  }
  const { first, last } = exchangeRange(record);
  return {
    count: last - first + 1,
    at: (place) => (place >= 0 && last - place >= first ? last - place : undefined),
    newerThan: (seq) => Math.max(0, last - seq),
    searching: false,
  };
}

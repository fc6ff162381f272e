import { useMemo } from "react";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { plainMessages } from "../../../domain/exchanges/plainMessage.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import type { Rows } from "../../lists/rows.ts";
import { useIndexedRows } from "../../lists/useIndexedRows.ts";
import { createExchangeIndex } from "./exchangeIndex.ts";
import { filterOf, isFiltering, type MessageFilter } from "./messageFilter.ts";

/** So many exchanges are looked at in one go: all of them where none is passed over. */
const BUDGET = 3000;
const BUDGET_OF_ALL = 100_000;

/** Exchanges that a filter lets through, the one that began latest first. */
export function useMessageRows(filter: MessageFilter, version: number): Rows {
  const record = shownRecord();
  const { past } = record;
  const filtering = isFiltering(filter);
  const budget = filtering ? BUDGET : BUDGET_OF_ALL;
  const index = useMemo(() => {
    // The order of all that had begun is known of every instant.
    if (past !== null && !filtering && !hasMessages(record)) return null;
    const created = createExchangeIndex(record, filtering ? filterOf(record, filter) : () => true);
    created.advance(budget); // so that the first rows are there at once
    return created;
  }, [record, past, filter, filtering, budget]);
  const found = useIndexedRows(index, version, budget);
  if (found) return found;
  if (past === null) return NONE;
  const { index: times, at: until } = past;
  const count = times.begunCount(until);
  return {
    count,
    at: (place) => (place >= 0 && place < count ? times.begunAt(count - 1 - place) : undefined),
    newerThan: (seq) => Math.max(0, count - 1 - times.begunPlace(seq)),
    searching: false,
  };
}

/** Those stand among the exchanges, whose own order does not tell where. */
const hasMessages = (record: TrafficRecord): boolean =>
  !plainMessages(record, 1, record.events.last).next().done;

const NONE: Rows = { count: 0, at: () => undefined, newerThan: () => 0, searching: false };

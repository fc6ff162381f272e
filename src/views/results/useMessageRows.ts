import { useEffect, useMemo, useState } from "react";
import { exchangeRange } from "../../domain/readExchange.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { createExchangeIndex } from "./exchangeIndex.ts";
import { filteredExchanges, isFiltering, type MessageFilter } from "./messageFilter.ts";

/** Exchanges that a filter lets through, newest first; valid until the record changes. */
export interface MessageRows {
  readonly count: number;
  at(place: number): number | undefined;
  /** How many are newer than an exchange: its place, if it is among them. */
  newerThan(seq: number): number;
  /** The record is still being looked through. */
  readonly searching: boolean;
}

/** So many exchanges are looked at in one go: a few ms, so that frames and the keyboard keep their turn. */
const BUDGET = 3000;

export function useMessageRows(filter: MessageFilter, version: number): MessageRows {
  const { record } = recordStore.getState();
  const index = useMemo(() => {
    if (!isFiltering(filter)) return null;
    const created = createExchangeIndex(filteredExchanges(record, filter));
    created.advance(BUDGET); // so that the first rows are there at once
    return created;
  }, [record, filter]);
  const [progress, setProgress] = useState({ index, searching: false, step: 0 });

  useEffect(() => {
    if (!index) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const search = (): void => {
      const searching = !index.advance(BUDGET);
      setProgress((before) => ({ index, searching, step: before.step + 1 }));
      if (searching) timer = setTimeout(search, 16);
    };
    search();
    return () => clearTimeout(timer);
  }, [index, version]);

  if (index) {
    return {
      count: index.count,
      at: (place) => index.at(place),
      newerThan: (seq) => index.newerThan(seq),
      searching: progress.index !== index || progress.searching,
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

import { useState } from "react";
import { useStore } from "zustand";
import { exchangeRange } from "../../../domain/exchanges/readExchange.ts";
import { readCounters } from "../../../domain/record/counters.ts";
import { formatCount } from "../../../domain/base/formats.ts";
import { playbackStore } from "../../../stores/record/playbackStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { useLater, useShownEvery } from "../../record/useRecord.ts";
import { MessageFilterBar } from "./MessageFilterBar.tsx";
import { MOST_MESSAGES } from "./exchangeIndex.ts";
import { isFiltering, NO_FILTER } from "./messageFilter.ts";
import { MessageGrid } from "./MessageGrid.tsx";
import { useMessageRows } from "./useMessageRows.ts";
import "./messages.css";
import { ATTRIBUTION_WINDOW_MS } from "../../../domain/record/outside.ts";

/** Every exchange that the record still holds, newest first. */
export function MessagesTab() {
  const version = useShownEvery(250);
  // Once more when it is sure who asked last.
  useLater(version, ATTRIBUTION_WINDOW_MS + 1);
  const [filter, setFilter] = useState(NO_FILTER);
  const rows = useMessageRows(filter, version);
  const record = shownRecord();
  const isPast = useStore(playbackStore, ({ at }) => at !== null);
  const { first, last } = exchangeRange(record);
  if (last < first && rows.count === 0 && isPast) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Nothing had been sent at this moment.</p>
        <p>Step forward, or go back to live.</p>
      </div>
    );
  }
  if (last < first && rows.count === 0) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Send a request and its exchange is listed here.</p>
        <p>One line for each request, with everything that came back on its reply subject.</p>
      </div>
    );
  }
  const { dropped } = readCounters(record);
  return (
    <div className="results-messages">
      <MessageFilterBar filter={filter} onChange={setFilter}>
        {isFiltering(filter) && (
          <span aria-live="polite">
            {formatCount(rows.count)} of {formatCount(last - first + 1)}
            {rows.searching && " …"}
          </span>
        )}
        {record.perSecond.messages.reduce((sum, each) => sum + each, 0) > MOST_MESSAGES && (
          <span title="The tab Wire lists all that the record still holds.">
            of messages without a reply subject the newest {formatCount(MOST_MESSAGES)}
          </span>
        )}
        {dropped.exchanges > 0 && (
          <span title="The record is bounded. Counters and latency still include them.">
            the oldest {formatCount(dropped.exchanges)} are no longer kept
          </span>
        )}
      </MessageFilterBar>
      {/* Another filter is another list: it begins at its newest. */}
      <MessageGrid
        key={JSON.stringify([filter.text, ...filter.traits])}
        rows={rows}
        filtering={isFiltering(filter)}
      />
    </div>
  );
}

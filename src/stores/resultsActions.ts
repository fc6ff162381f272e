import { readCounters } from "../domain/counters.ts";
import { exchangesCsv, type ExchangeRow } from "../domain/exchangesCsv.ts";
import { latencyFigures } from "../domain/latency.ts";
import { exchangeRange, summariseExchange } from "../domain/readExchange.ts";
import type { TrafficRecord } from "../domain/record.ts";
import { resultsDocument } from "../domain/resultsDocument.ts";
import { readTally } from "../domain/tallies.ts";
import { pageNow } from "./clock.ts";
import { nameOf, peersStore } from "./peersStore.ts";
import { clearRecord, recordStore } from "./recordStore.ts";
import { serverStore } from "./serverStore.ts";
import { currentSetup } from "./setupStorage.ts";

/** Downloads what was measured, and the setup that it was measured with, as JSON. */
export function exportResults(): void {
  const { record } = recordStore.getState();
  const { connection } = serverStore.getState();
  const results = resultsDocument({
    exportedAt: pageNow(),
    server: connection.kind === "connected" ? connection.server : null,
    counters: readCounters(record),
    latency: latencyFigures(record),
    responders: peersStore.getState().responders.map(({ id, setup: { name, queue } }) => {
      const { received, replied, errors } = readTally(record, id);
      return { name, queue, received, replied, errors };
    }),
    scenario: currentSetup(),
  });
  download(`${JSON.stringify(results, null, 2)}\n`, "application/json", "results", "json");
}

/** Downloads a row for each exchange that the record still holds, as CSV. */
export function exportCsv(): void {
  download(exchangesCsv(rowsOf(recordStore.getState().record), nameOf), "text/csv", "exchanges", "csv");
}

/** Empties the record. Calls in flight stay counted. */
export function reset(): void {
  clearRecord();
}

function* rowsOf(record: TrafficRecord): Generator<ExchangeRow> {
  const { first, last } = exchangeRange(record);
  for (let seq = first; seq <= last; seq++) {
    const row = summariseExchange(record, seq);
    if (row) yield row;
  }
}

/** `roundtrip-results-2026-02-03-140522.json`, in the time of day where the person is. */
function download(text: string, type: string, what: string, ending: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `roundtrip-${what}-${fileTime(new Date(pageNow()))}.${ending}`;
  link.click();
  // A download that has begun keeps the bytes; a minute is ample for one to begin.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function fileTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

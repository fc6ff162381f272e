import { attributedUpTo } from "../../domain/record/outside.ts";
import { readCounters } from "../../domain/record/counters.ts";
import { exchangesCsv, type CsvRow } from "../../domain/exchanges/exchangesCsv.ts";
import { latencyFigures } from "../../domain/statistics/latency.ts";
import { exchangeRange, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { resultsDocument } from "../../domain/load/resultsDocument.ts";
import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import { rawCsv } from "../../domain/load/runResults.ts";
import type { Run } from "../../domain/load/runs.ts";
import { clockStepMs, pageNow } from "../page/clock.ts";
import { nameOf, peersStore } from "../peers/peersStore.ts";
import { catchUp, clearRecord, recordStore } from "../record/recordStore.ts";
import { forgetRuns, runsStore } from "../record/runsStore.ts";
import { beginTabsAnew } from "../page/panelsStore.ts";
import { goLive } from "../record/playbackStore.ts";
import { comparisonStore } from "./comparisonStore.ts";
import { saveText } from "../page/saveFile.ts";
import { serverStore } from "../server/serverStore.ts";
import { currentSetup } from "../setup/setupStorage.ts";

/** Downloads what was measured, and the setup that it was measured with, as JSON. */
export function exportResults(): void {
  catchUp();
  const { record } = recordStore.getState();
  const { connection } = serverStore.getState();
  const results = resultsDocument({
    exportedAt: pageNow(),
    server: connection.kind === "connected" ? connection.server : null,
    counters: readCounters(record),
    latency: latencyFigures(record),
    clockStepMs: clockStepMs(),
    runs: runsStore.getState().runs,
    responders: peersStore.getState().responders.map(({ id, setup: { name, queue } }) => {
      const { received, replied, errors } = readPeerCounters(record, id);
      return { name, queue, received, replied, errors };
    }),
    scenario: currentSetup(),
  });
  saveText(`${JSON.stringify(results, null, 2)}\n`, "application/json", "results", "json");
}

/** Downloads a row for each exchange that the record still holds, as CSV. */
export function exportCsv(): void {
  catchUp();
  const { record } = recordStore.getState();
  const csv = exchangesCsv(rowsOf(record), nameOf, attributedUpTo(record, pageNow()));
  saveText(csv, "text/csv", "exchanges", "csv");
}

/** Downloads a row for each call of a run that is still held, as CSV. */
export function exportRun(run: Run): void {
  saveText(rawCsv(run), "text/csv", "calls", "csv");
}

/** Empties the record. Calls in flight stay counted. */
export function reset(): void {
  clearRecord();
  forgetRuns();
}

/** Forgets what came of the setup before: another one is up, and is not to be mistaken for it. Runs that were kept stay. */
export function beginAnew(): void {
  reset();
  goLive();
  beginTabsAnew();
  if (comparisonStore.getState().phase === "done")
    comparisonStore.setState(comparisonStore.getInitialState());
}

function* rowsOf(record: TrafficRecord): Generator<CsvRow> {
  const { first, last } = exchangeRange(record);
  for (let seq = first; seq <= last; seq++) {
    const row = summariseExchange(record, seq);
    if (row) yield row;
  }
}

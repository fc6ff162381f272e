import { Suspense } from "react";
import { readCounters } from "../../../domain/record/counters.ts";
import { latencyFigures } from "../../../domain/statistics/latency.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { later } from "../../controls/later.tsx";
import { LatencyFigures } from "./LatencyFigures.tsx";
import { useRecordEvery } from "../../record/useRecord.ts";
import "./latency.css";

/** The first reply is drawn first. */
const AFTER_REPLY_MS = 100;

// The charts are most of the page's code, and the first reply should not wait for them.
const LatencyCharts = later(async () => {
  await new Promise((resolve) => setTimeout(resolve, AFTER_REPLY_MS));
  return (await import("./LatencyCharts.tsx")).LatencyCharts;
}, "asked");

export function LatencyTab() {
  useRecordEvery(100);
  const { record } = recordStore.getState();
  const figures = latencyFigures(record);
  if (!figures && readCounters(record).calls.started > 0) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">No call has got a reply yet.</p>
        <p>Latency is the time from a call to its reply. The outcomes of the calls are listed above.</p>
      </div>
    );
  }
  if (!figures) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Send a request and its latency shows here.</p>
        <p>Latency is the time from the call to its reply, both measured in this page.</p>
      </div>
    );
  }
  return (
    <div className="results-latency">
      <Suspense fallback={<p className="results-latency-loading">Drawing …</p>}>
        <LatencyCharts />
      </Suspense>
      <LatencyFigures figures={figures} />
    </div>
  );
}

import { latencyBuckets, latencyFigures, latencySeries } from "../../domain/latency.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { HistogramChart } from "./HistogramChart.tsx";
import { PercentilesChart } from "./PercentilesChart.tsx";
import { useRecordEvery } from "./useRecordEvery.ts";

const SECONDS_SHOWN = 120;
const BUCKETS = 28;

/** Loaded when there is something to draw. */
export function LatencyCharts() {
  const version = useRecordEvery(1000);
  const { record } = recordStore.getState();
  const figures = latencyFigures(record);
  if (!figures) return null;
  return (
    <>
      <PercentilesChart version={version} points={latencySeries(record, SECONDS_SHOWN)} />
      <HistogramChart version={version} buckets={latencyBuckets(record, BUCKETS)} figures={figures} />
    </>
  );
}

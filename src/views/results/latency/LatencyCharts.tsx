import { memo, useDeferredValue } from "react";
import { latencyBuckets, latencyFigures, latencySeries } from "../../../domain/statistics/latency.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { HistogramChart } from "./HistogramChart.tsx";
import { PercentilesChart } from "./PercentilesChart.tsx";
import { useLater, useRecordEvery } from "../../record/useRecord.ts";

const SECONDS_SHOWN = 120;
const BUCKETS = 28;
const EVERY_MS = 1000;
/** Between the two. A person does not see that the second is older. */
const APART_MS = 200;

/** Loaded when there is something to draw. */
export function LatencyCharts() {
  const version = useRecordEvery(EVERY_MS);
  // One after the other, in pieces between which the page does other things: all at once they would keep it from what people do.
  return (
    <>
      <Seconds version={useDeferredValue(version)} />
      <Buckets version={useDeferredValue(useLater(version, APART_MS))} />
    </>
  );
}

interface Props {
  /** The record is changed in place: its version says whether there is something new in it. */
  readonly version: number;
}

const Seconds = memo(function Seconds({ version }: Props) {
  const { record } = recordStore.getState();
  if (latencyFigures(record) === null) return null;
  return <PercentilesChart version={version} points={latencySeries(record, SECONDS_SHOWN)} />;
});

const Buckets = memo(function Buckets({ version }: Props) {
  const { record } = recordStore.getState();
  const figures = latencyFigures(record);
  if (figures === null) return null;
  return <HistogramChart version={version} buckets={latencyBuckets(record, BUCKETS)} figures={figures} />;
});

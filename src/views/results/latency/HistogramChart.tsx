import { memo } from "react";
import {
  Area,
  AreaChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from "recharts";
import { formatCount, formatCounted, formatMs, formatShare } from "../../../domain/base/formats.ts";
import type { latencyBuckets, LatencyFigures } from "../../../domain/statistics/latency.ts";
import { logScale } from "../../../domain/base/logScale.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { AXIS, logAxis } from "./axis.ts";
import { formatMeasured } from "./measured.ts";

type Bucket = ReturnType<typeof latencyBuckets>[number];

interface Props {
  readonly version: number;
  readonly buckets: readonly Bucket[];
  readonly figures: LatencyFigures;
}

/** A corner of the outline: how many replies took from here up to the next corner. */
interface Corner {
  readonly ms: number;
  readonly count: number;
  readonly bucket: Bucket | null;
  readonly share: number;
}

/** How many replies took how long, in buckets that widen with the latency. */
export const HistogramChart = memo(
  function HistogramChart({ buckets, figures }: Props) {
    const floor = clockStepMs() / 2;
    const scale = logScale(Math.max(floor, figures.minMs), Math.max(floor, figures.maxMs), 4);
    const corners = outline(buckets, figures.count, floor);
    // Two labels need room between them, and the tail of a few replies is no tail.
    const apart = Math.log(figures.p99Ms / figures.p50Ms) > 0.16 * Math.log(scale.high / scale.low);
    const marks: readonly (readonly [words: string, ms: number])[] = [
      ["p50", figures.p50Ms],
      ...(apart && figures.count >= 100 ? [["p99", figures.p99Ms] as const] : []),
    ];
    return (
      <figure className="results-latency-chart">
        <figcaption>
          <span className="results-latency-caption">Latency distribution</span>
        </figcaption>
        <div
          className="results-latency-drawing"
          role="img"
          aria-label={`Histogram of ${formatCounted(figures.count, "reply", "replies")} from ${formatMeasured(figures.minMs, clockStepMs())} to ${formatMeasured(figures.maxMs, clockStepMs())}, half of them within ${formatMeasured(figures.p50Ms, clockStepMs())}`}
        >
          <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 200, height: 160 }}>
            <AreaChart
              data={[...corners]}
              margin={{ top: 14, right: 14, bottom: 0, left: 0 }}
              accessibilityLayer={false}
            >
              <XAxis {...logAxis(scale)} dataKey="ms" tickFormatter={formatMs} />
              <YAxis
                tickCount={3}
                tickFormatter={formatCount}
                allowDecimals={false}
                tick={AXIS}
                tickLine={false}
                axisLine={false}
                width={42}
              />
              <Tooltip
                content={BucketWords}
                isAnimationActive={false}
                cursor={{ stroke: "var(--rule-strong)" }}
              />
              <Area
                className="results-latency-area"
                dataKey="count"
                type="stepAfter"
                activeDot={false}
                isAnimationActive={false}
              />
              {marks.map(([words, ms]) => (
                <ReferenceLine
                  key={words}
                  className="results-latency-mark"
                  x={Math.max(floor, ms)}
                  label={{ value: words, position: "top", ...AXIS, offset: 3 }}
                />
              ))}
            </AreaChart>
          </ResponsiveContainer>
        </div>
      </figure>
    );
  },
  (before, after) => before.version === after.version,
);

function outline(buckets: readonly Bucket[], total: number, floor: number): readonly Corner[] {
  const corners: Corner[] = [];
  for (const bucket of buckets) {
    const ms = Math.max(floor, bucket.fromMs);
    corners.push({ ms, count: bucket.count, bucket, share: bucket.count / Math.max(1, total) });
  }
  const first = corners[0];
  const last = buckets.at(-1);
  if (!first || !last) return [];
  // Where every reply took the same time the bucket has no width, and would not be seen.
  const end = Math.max(last.toMs, (corners.at(-1)?.ms ?? 0) * 1.06);
  const nothing = { count: 0, bucket: null, share: 0 };
  return [{ ms: first.ms, ...nothing }, ...corners, { ms: end, ...nothing }];
}

function BucketWords({ active, payload }: TooltipContentProps) {
  const corner: Corner | undefined = payload[0]?.payload; // what was given as data
  if (!active || !corner?.bucket) return null;
  const stepMs = clockStepMs();
  const { fromMs, toMs, count } = corner.bucket;
  return (
    <div className="results-latency-tip">
      <p>
        {formatMeasured(fromMs, stepMs)} to {formatMeasured(toMs, stepMs)}
      </p>
      <p>
        {formatCounted(count, "reply", "replies")}, {formatShare(corner.share)}
      </p>
    </div>
  );
}

import { memo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from "recharts";
import { formatCounted, formatMs } from "../../../domain/base/formats.ts";
import type { SeriesPoint } from "../../../domain/statistics/latency.ts";
import { logScale } from "../../../domain/base/logScale.ts";
import { clockSecond } from "../messages/clockTime.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { AXIS } from "./axis.ts";
import { formatMeasured } from "./measured.ts";
import type { Instant } from "../../../domain/base/instant.ts";

interface Props {
  readonly version: number;
  readonly points: readonly SeriesPoint[];
}

/** A second as it is drawn: nothing where nothing was replied, because a logarithm has no place for 0. */
interface Drawn {
  readonly at: Instant;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  /** Where the mark of a second with failures stands: at the foot of the chart. */
  readonly failedAt: number | null;
  readonly point: SeriesPoint | null;
}

const LINES = [
  { key: "p50Ms", words: "p50", stroke: "var(--reply)", width: 2, dashes: "none" },
  { key: "p90Ms", words: "p90", stroke: "var(--ink-soft)", width: 1.5, dashes: "none" },
  { key: "p99Ms", words: "p99", stroke: "var(--ink-faint)", width: 1.5, dashes: "4 3" },
] as const;

/** p50, p90 and p99 of each second, and the seconds in which calls failed. */
export const PercentilesChart = memo(function PercentilesChart({ points }: Props) {
  const floor = clockStepMs() / 2;
  const replied = points.filter(({ count }) => count > 0);
  const low = Math.max(floor, Math.min(...replied.map(({ p50Ms }) => p50Ms)));
  const high = Math.max(low, ...replied.map(({ p99Ms }) => p99Ms));
  const scale = Number.isFinite(low) ? logScale(low, high, 5) : { low: 0.1, high: 10, ticks: [0.1, 1, 10] };
  const drawn = seconds(points, floor, scale.low);
  const last = points.at(-1);
  const first = points[0];
  const from = Math.min(first?.at ?? 0, (last?.at ?? 0) - 10_000);
  const failures = points.reduce((sum, point) => sum + point.failures, 0);
  return (
    <figure className="results-latency-chart">
      <figcaption>
        <span className="results-latency-caption">Latency per second</span>
        <span className="results-latency-key" aria-hidden="true">
          {LINES.map(({ key, words }) => (
            <span key={key} className="results-latency-key-line" data-line={words}>
              <span className="results-latency-key-stroke" />
              {words}
            </span>
          ))}
          {failures > 0 && <span className="results-latency-key-failed">× failed</span>}
        </span>
      </figcaption>
      <div
        className="results-latency-drawing"
        role="img"
        aria-label={
          replied.length === 0
            ? "No reply in the last two minutes"
            : `p50, p90 and p99 of each of the last ${points.length} seconds; from ${formatMeasured(low, clockStepMs())} to ${formatMeasured(high, clockStepMs())}. ${formatCounted(failures, "failed call")}.`
        }
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 160 }}>
          <ComposedChart
            data={[...drawn]}
            margin={{ top: 6, right: 10, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--rule)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[from, last?.at ?? 0]}
              tickFormatter={clockSecond}
              tickCount={3}
              minTickGap={40}
              tick={AXIS}
              tickLine={false}
              axisLine={{ stroke: "var(--rule-strong)" }}
              height={18}
            />
            <YAxis
              scale="log"
              domain={[scale.low, scale.high]}
              ticks={[...scale.ticks]}
              tickFormatter={formatMs}
              interval={0}
              allowDataOverflow
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={52}
            />
            <Tooltip
              content={SecondWords}
              isAnimationActive={false}
              cursor={{ stroke: "var(--rule-strong)" }}
            />
            {/* The lowest line last, on top: with few replies they are all one point. */}
            {LINES.toReversed().map(({ key, words, stroke, width, dashes }) => (
              <Line
                key={key}
                dataKey={key}
                type="linear"
                stroke={stroke}
                strokeWidth={width}
                strokeDasharray={dashes}
                dot={replied.length < 30 ? <SecondDot line={words} /> : false}
                activeDot={false}
                isAnimationActive={false}
              />
            ))}
            <Line
              dataKey="failedAt"
              stroke="none"
              dot={<FailedDot />}
              activeDot={false}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}, sameVersion);

function seconds(points: readonly SeriesPoint[], floor: number, foot: number): readonly Drawn[] {
  const drawn: Drawn[] = [];
  let expected: Instant | null = null;
  for (const point of points) {
    const at = (ms: number): number | null => (point.count > 0 ? Math.max(floor, ms) : null);
    // Seconds without traffic are not among the points: a line across them would tell of replies there were none.
    if (expected !== null && point.at > expected) {
      drawn.push({ at: expected, p50Ms: null, p90Ms: null, p99Ms: null, failedAt: null, point: null });
    }
    expected = point.at + 1000;
    drawn.push({
      at: point.at,
      p50Ms: at(point.p50Ms),
      p90Ms: at(point.p90Ms),
      p99Ms: at(point.p99Ms),
      failedAt: point.failures > 0 ? foot : null,
      point,
    });
  }
  return drawn;
}

/** The points are read from a record that is changed in place: its version says whether they are others. */
function sameVersion(before: Props, after: Props): boolean {
  return before.version === after.version;
}

interface DotProps {
  readonly cx?: number;
  readonly cy?: number;
  readonly value?: number | null;
}

function SecondDot({ cx, cy, line }: DotProps & { readonly line: string }) {
  if (cx === undefined || cy === undefined || !Number.isFinite(cy)) return null;
  return <circle className={`results-latency-dot results-latency-dot-${line}`} cx={cx} cy={cy} r={2} />;
}

function FailedDot({ cx, cy, value }: DotProps) {
  if (cx === undefined || cy === undefined || value === null || !Number.isFinite(cy)) return null;
  return <path className="results-latency-failed" d={`M${cx - 3} ${cy - 7}l6 6m0-6l-6 6`} />;
}

function SecondWords({ active, payload }: TooltipContentProps) {
  const drawn: Drawn | undefined = payload[0]?.payload; // what was given as data
  const point = drawn?.point;
  if (!active || !point) return null;
  const stepMs = clockStepMs();
  return (
    <div className="results-latency-tip">
      <p>{clockSecond(point.at)}</p>
      <p>{formatCounted(point.count, "reply", "replies")}</p>
      {point.count > 0 &&
        LINES.map(({ key, words }) => (
          <p key={key} className="results-latency-tip-row">
            <span>{words}</span> {formatMeasured(point[key], stepMs)}
          </p>
        ))}
      {point.failures > 0 && (
        <p className="results-latency-tip-failed">{formatCounted(point.failures, "failed call")}</p>
      )}
    </div>
  );
}

import type { ReactNode } from "react";
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { formatMs, formatPerSecond } from "../../domain/base/formats.ts";
import { kneeOf, type KneeStep } from "../../domain/load/knee.ts";
import { logScale } from "../../domain/base/logScale.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { AXIS, logAxis } from "../results/latency/axis.ts";

/** Rate offered against rate achieved, and against p99, with the knee marked. The figures stand in the table beneath. */
export function KneeCharts({ steps }: { readonly steps: readonly KneeStep[] }) {
  const knee = kneeOf(steps);
  const offered = steps.map((step) => step.offered);
  const [low, high] = [Math.min(...offered), Math.max(...offered)];
  const x = logScale(low, Math.max(high, low * 1.1), 6);
  const floor = clockStepMs() / 2;
  const times = steps.flatMap(({ p99Ms }) => (p99Ms === null ? [] : [Math.max(floor, p99Ms)]));
  const y = logScale(Math.min(...times, 1e6), Math.max(...times, floor), 4);
  const data = steps.map(({ offered: rate, achieved, p99Ms }) => ({
    offered: rate,
    planned: rate,
    achieved,
    p99Ms: p99Ms === null ? null : Math.max(floor, p99Ms),
  }));
  const shared = { data, x, knee: knee?.offered ?? null };
  return (
    <div className="runs-pair">
      <StepChart
        {...shared}
        caption="Achieved"
        keys={
          <>
            <span className="runs-key-a">as offered</span>
            <span className="runs-key-b">achieved</span>
          </>
        }
        lines={
          <>
            <Line
              dataKey="planned"
              className="runs-line-a"
              type="linear"
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="achieved"
              className="runs-line-b"
              type="linear"
              dot={{ r: 2.5 }}
              isAnimationActive={false}
            />
          </>
        }
        yAxis={<YAxis tickFormatter={formatPerSecond} tickCount={4} {...Y} />}
      />
      <StepChart
        {...shared}
        caption="p99, from the planned start"
        keys={null}
        lines={
          <Line
            dataKey="p99Ms"
            className="runs-line-b"
            type="linear"
            dot={{ r: 2.5 }}
            isAnimationActive={false}
          />
        }
        empty={times.length === 0 ? "This needs 100 replies in a step: use longer steps." : null}
        yAxis={
          times.length === 0 ? null : (
            <YAxis
              scale="log"
              domain={[y.low, y.high]}
              ticks={[...y.ticks]}
              allowDataOverflow
              interval={0}
              tickFormatter={formatMs}
              {...Y}
            />
          )
        }
      />
    </div>
  );
}

const Y = { tick: AXIS, tickLine: false, axisLine: false, width: 56 } as const;

interface ChartProps {
  readonly caption: string;
  readonly keys: ReactNode;
  readonly data: readonly object[];
  readonly x: ReturnType<typeof logScale>;
  readonly knee: number | null;
  readonly lines: ReactNode;
  readonly yAxis: ReactNode;
  /** Why there is nothing to draw; null where there is. */
  readonly empty?: string | null;
}

function StepChart({ caption, keys, data, x, knee, lines, yAxis, empty = null }: ChartProps) {
  return (
    <figure className="runs-chart">
      <figcaption>
        <span>{caption}</span>
        <span className="runs-key" aria-hidden="true">
          {keys}
        </span>
      </figcaption>
      {empty !== null && <p className="runs-note">{empty}</p>}
      <div
        className="runs-drawing"
        hidden={empty !== null}
        role="img"
        aria-label={`${caption}, by the rate offered${knee === null ? "" : `; the knee is at ${formatPerSecond(knee)}`}. The figures stand in the table.`}
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 240, height: 140 }}>
          <LineChart
            data={[...data]}
            margin={{ top: 14, right: 14, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--rule)" />
            <XAxis {...logAxis(x)} dataKey="offered" tickFormatter={formatPerSecond} />
            {yAxis}
            {knee !== null && (
              <ReferenceLine
                className="runs-knee-mark"
                x={knee}
                label={{ value: "knee", position: "top", ...AXIS, offset: 3 }}
              />
            )}
            {lines}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

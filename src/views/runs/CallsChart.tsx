import { ReferenceArea, ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from "recharts";
import { formatCounted, formatMs } from "../../domain/base/formats.ts";
import { AXIS } from "../results/latency/axis.ts";

interface Props {
  readonly label: string;
  readonly calls: readonly { readonly atMs: number; readonly tookMs: number }[];
  /** The top of the axis. */
  readonly mostMs: number;
  readonly frozenMs: readonly [from: number, to: number] | null;
}

/** A dot for each call: when it should have been started, and how long it then took. */
export function CallsChart({ label, calls, mostMs, frozenMs }: Props) {
  const slow = calls.filter(({ tookMs }) => tookMs > 100).length;
  return (
    <div
      className="runs-drawing"
      role="img"
      aria-label={`${label}: ${formatCounted(calls.length, "call")} over time, ${formatCounted(slow, "call")} of more than 100 ms`}
    >
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 240, height: 130 }}>
        <ScatterChart margin={{ top: 6, right: 10, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis
            dataKey="atMs"
            type="number"
            domain={[0, 6000]}
            ticks={[0, 2000, 4000, 6000]}
            tickFormatter={(ms: number) => `${ms / 1000} s`}
            tick={AXIS}
            tickLine={false}
            axisLine={{ stroke: "var(--rule-strong)" }}
            height={18}
          />
          <YAxis
            dataKey="tookMs"
            type="number"
            domain={[0, mostMs * 1.06]}
            ticks={[0, mostMs / 2, mostMs]}
            allowDataOverflow
            tickFormatter={formatMs}
            tick={AXIS}
            tickLine={false}
            axisLine={false}
            width={48}
          />
          {frozenMs && (
            <ReferenceArea
              className="runs-frozen"
              x1={frozenMs[0]}
              x2={frozenMs[1]}
              label={{ value: "frozen", position: "insideTop", ...AXIS }}
            />
          )}
          <Scatter className="runs-dots" data={[...calls]} isAnimationActive={false} shape={<Dot />} />
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  );
}

function Dot({ cx = 0, cy = 0 }: { readonly cx?: number; readonly cy?: number }) {
  return <circle cx={cx} cy={cy} r={2} />;
}

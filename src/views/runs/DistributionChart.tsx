import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { overlaid, type Counted } from "../../domain/statistics/distributions.ts";
import { formatMs, formatShare } from "../../domain/base/formats.ts";
import { logScale } from "../../domain/base/logScale.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { AXIS, logAxis } from "../results/latency/axis.ts";

interface Series {
  readonly words: string;
  readonly counted: Counted;
}

interface Props {
  readonly caption: string;
  /** Drawn with a dashed line; null where there is only the other. */
  readonly a: Series | null;
  /** Drawn filled. */
  readonly b: Series;
}

const BUCKETS = 36;

/** One distribution, or two over one another. Its exact figures stand in a table beside it. */
export function DistributionChart({ caption, a, b }: Props) {
  const floor = clockStepMs() / 2;
  const data = overlaid(a?.counted ?? [], b.counted, floor, BUCKETS);
  const first = data[0];
  const last = data.at(-1);
  if (!first || !last) return null;
  const scale = logScale(first.ms, last.ms, 5);
  return (
    <figure className="runs-chart">
      <figcaption>
        <span>{caption}</span>
        <span className="runs-key" aria-hidden="true">
          {a && <span className="runs-key-a">{a.words}</span>}
          <span className="runs-key-b">{b.words}</span>
        </span>
      </figcaption>
      <div
        className="runs-drawing"
        role="img"
        aria-label={`${caption}: ${a === null ? "" : `${a.words}, dashed, over `}${b.words}, filled, from ${formatMeasured(first.ms, clockStepMs())} to ${formatMeasured(last.ms, clockStepMs())}. The figures stand in the table.`}
      >
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 240, height: 140 }}>
          <AreaChart
            data={[...data]}
            margin={{ top: 6, right: 10, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis {...logAxis(scale)} dataKey="ms" tickFormatter={formatMs} />
            <YAxis
              tickCount={3}
              tickFormatter={formatShare}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={44}
            />
            <Area
              className="runs-area-b"
              dataKey="b"
              type="stepAfter"
              activeDot={false}
              isAnimationActive={false}
            />
            {a && (
              <Area
                className="runs-area-a"
                dataKey="a"
                type="stepAfter"
                activeDot={false}
                isAnimationActive={false}
              />
            )}
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

import { formatCount, NOTHING } from "../../../domain/base/formats.ts";
import type { LatencyFigures as Figures } from "../../../domain/statistics/latency.ts";
import { PERCENTILES } from "../../../domain/statistics/percentiles.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatClockStep, formatMeasured } from "./measured.ts";

/** The exact figures, with what they rest on. */
export function LatencyFigures({ figures }: { readonly figures: Figures }) {
  const stepMs = clockStepMs();
  const rows: readonly (readonly [words: string, ms: number, needs: number])[] = [
    ["min", figures.minMs, 0],
    ["mean", figures.meanMs, 0],
    ...PERCENTILES.map(({ words, key, needs }) => [words, figures[key], needs] as const),
    ["max", figures.maxMs, 0],
  ];
  const missing = PERCENTILES.filter(({ needs }) => figures.count < needs);
  return (
    <div className="results-latency-figures">
      <dl>
        <div>
          <dt>count</dt>
          <dd>{formatCount(figures.count)}</dd>
        </div>
        {rows.map(([words, ms, needs]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{figures.count < needs ? NOTHING : formatMeasured(ms, stepMs)}</dd>
          </div>
        ))}
      </dl>
      <p className="results-latency-note">
        From call to reply, including all attempts and the waits between them. Clock resolution:{" "}
        {formatClockStep(stepMs)}.
        {missing[0] && ` ${missing[0].words} needs at least ${formatCount(missing[0].needs)} replies.`}
      </p>
    </div>
  );
}

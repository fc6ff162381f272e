import { formatCount } from "../../domain/formats.ts";
import type { LatencyFigures as Figures } from "../../domain/latency.ts";
import { clockStepMs } from "../../stores/clock.ts";
import { formatClockStep, formatMeasured } from "./measured.ts";

/** How many replies it takes until a percentile is more than the slowest one by another name. */
const NEEDED = { p50: 2, p90: 10, p99: 100, "p99.9": 1000 } as const;

/** The exact figures, with what they rest on. */
export function LatencyFigures({ figures }: { readonly figures: Figures }) {
  const stepMs = clockStepMs();
  const rows: readonly (readonly [words: string, ms: number, needs: number])[] = [
    ["min", figures.minMs, 0],
    ["mean", figures.meanMs, 0],
    ["p50", figures.p50Ms, NEEDED.p50],
    ["p90", figures.p90Ms, NEEDED.p90],
    ["p99", figures.p99Ms, NEEDED.p99],
    ["p99.9", figures.p999Ms, NEEDED["p99.9"]],
    ["max", figures.maxMs, 0],
  ];
  const unsure = rows.filter(([, , needs]) => figures.count < needs).map(([words]) => words);
  return (
    <div className="results-latency-figures">
      <dl>
        <div>
          <dt>count</dt>
          <dd>{formatCount(figures.count)}</dd>
        </div>
        {rows.map(([words, ms]) => (
          <div key={words} data-unsure={unsure.includes(words)}>
            <dt>{words}</dt>
            <dd>{formatMeasured(ms, stepMs)}</dd>
          </div>
        ))}
      </dl>
      <p className="results-latency-note">
        From call to reply, all attempts of a call and its waits included. The clock steps by{" "}
        {formatClockStep(stepMs)}.
        {unsure.length > 0 && " Faint: too few replies to tell it from the slowest."}
      </p>
    </div>
  );
}

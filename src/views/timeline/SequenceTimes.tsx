import type { Instant } from "../../domain/base/instant.ts";
import type { Sequence } from "../../domain/timeline/sequence.ts";
import { pauseAt } from "../../stores/record/playbackStore.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { LABEL_PX, STEP_MS, TIMES_PX } from "./sequenceGeometry.ts";

/** The exact times of everything that was recorded; what the page did not see is drawn and not told. */
export function timesOf({ arrows, bars, notes }: Sequence): readonly number[] {
  const known = arrows.flatMap(({ frame, startMs, endMs }) => {
    if (frame === null) return [];
    return frame.kind === "sent" || frame.kind === "answered" ? [startMs] : [endMs];
  });
  const all = [
    ...known,
    ...bars.flatMap(({ startMs, endMs }) => (endMs === null ? [startMs] : [startMs, endMs])),
    ...notes.map(({ atMs }) => atMs),
  ];
  return [...new Set(all)].toSorted((a, b) => a - b);
}

interface TimesProps {
  readonly moments: readonly number[];
  readonly y: (ms: number) => number;
  readonly step: number;
  readonly width: number;
  readonly startsAt: Instant;
}

/** Each time once: what reads the same as the one above it says nothing more. */
export function Times({ moments, y, step, width, startsAt }: TimesProps) {
  let last = -Infinity;
  let before = "";
  return moments.map((ms) => {
    const at = y(ms);
    const label = ms < STEP_MS * 10 ? "0 ms" : formatMeasured(ms, step);
    if (at - last < LABEL_PX || label === before) return null;
    last = at;
    before = label;
    return (
      // A person who points at a time looks at it; the keyboard has the clock's own controls for that.
      <g key={ms} className="sequence-time" onClick={() => pauseAt(startsAt + ms)}>
        <line x1={TIMES_PX - 6} x2={width} y1={at} y2={at} />
        <text x={TIMES_PX - 10} y={at + 3.5} textAnchor="end">
          {label}
        </text>
      </g>
    );
  });
}

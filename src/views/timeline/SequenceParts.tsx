import {
  LATENCY_PART_WORDS,
  type LatencyPart,
  type LatencyPartKind,
} from "../../domain/timeline/latencyBreakdown.ts";
import type { Instant } from "../../domain/base/instant.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { LABEL_PX, STEP_MS } from "./sequenceGeometry.ts";

/** Steps of cause and effect at which parts begin and end. */
const ENDS: Readonly<Record<LatencyPartKind, number>> = {
  client: 1,
  toResponder: 3,
  waiting: 4,
  handler: 6,
  back: 8,
  elsewhere: 8,
  server: 8,
  unanswered: 9,
  gathering: 9,
  taken: 9,
};

/** What the time of the chosen exchange went to, beside its arrows. */
export function Parts({
  legs,
  startsAt,
  x,
  y,
  step,
}: {
  readonly legs: readonly LatencyPart[];
  readonly startsAt: Instant;
  readonly x: number;
  readonly y: (ms: number) => number;
  readonly step: number;
}) {
  return (
    <g role="list" aria-label="Parts">
      {legs.map(({ kind, fromAt, ms }, index) => {
        const begins = Math.max(0, fromAt - startsAt);
        const before = legs[index - 1];
        const top = y(begins + (before ? ENDS[before.kind] : 0) * STEP_MS);
        const bottom = y(begins + ms + ENDS[kind] * STEP_MS);
        return (
          <g
            key={`${index} ${kind}`}
            role="listitem"
            aria-label={`${LATENCY_PART_WORDS[kind]}: ${formatMeasured(ms, step)}`}
          >
            <rect
              className="sequence-part"
              data-part={kind}
              x={x}
              y={top}
              width={3}
              height={Math.max(1, bottom - top - 1)}
            />
            {bottom - top >= LABEL_PX && (
              <text x={x + 9} y={(top + bottom) / 2 + 4}>
                <tspan className="sequence-part-ms">{formatMeasured(ms, step)}</tspan> {PART_WORDS[kind]}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** The same as in the Inspector, as short as there is room. */
const PART_WORDS: Readonly<Record<LatencyPartKind, string>> = {
  ...LATENCY_PART_WORDS,
  client: "in the client",
  toResponder: "to server and responder",
  elsewhere: "answered outside",
  server: "to the server and back",
  taken: "taken by the client",
};

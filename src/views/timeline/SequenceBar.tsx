import type { SequenceBar } from "../../domain/timeline/sequence.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { LABEL_PX } from "./sequenceGeometry.ts";

interface Props {
  readonly bar: SequenceBar;
  /** The middle of its lifeline, its top and its bottom, in px. */
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly ms: number;
  readonly faint: boolean;
  /** Whether it says itself what it is. */
  readonly named: boolean;
}

/** How long somebody waited or worked, on a lifeline. */
export function Bar({ bar: { kind }, x, top, bottom, ms, faint, named }: Props) {
  const asking = kind === "asking";
  const tall = Math.max(1.5, bottom - top);
  const words = kind === "handler" ? "handler" : "waiting behind others";
  const took = formatMeasured(ms, clockStepMs());
  return (
    <g data-faint={faint}>
      <rect
        className="sequence-bar"
        data-bar={kind}
        x={x - (asking ? 2 : 5)}
        y={top}
        width={asking ? 4 : 10}
        height={tall}
      >
        <title>{`${asking ? "waiting for the reply" : words}: ${took}`}</title>
      </rect>
      {named && !asking && tall >= LABEL_PX - 2 && (
        <text className="sequence-note" x={x - 9} y={top + tall / 2 + 4} textAnchor="end">
          {kind === "handler" ? "handler" : "waits"} {took}
        </text>
      )}
    </g>
  );
}

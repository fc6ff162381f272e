import { useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import type { PeerId } from "../../domain/events/events.ts";
import type { LatencyPart } from "../../domain/timeline/latencyBreakdown.ts";
import { lifelineName, noteWords } from "../../domain/timeline/mermaid.ts";
import type { Sequence, SequenceArrow } from "../../domain/timeline/sequence.ts";
import { createTimeScale } from "../../domain/timeline/timeScale.ts";
import type { FrameKind } from "../../domain/frames/wireLines.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { SHAPES } from "../diagram/marks/shapes.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import type { Instant } from "../../domain/base/instant.ts";
import { Arrow, ArrowWords } from "./SequenceArrows.tsx";
import { Bar } from "./SequenceBar.tsx";
import {
  fitsParts,
  fitting,
  FOOT_PX,
  HEAD_PX,
  LEAST_COLUMN_PX,
  LEAST_PX,
  PARTS_PX,
  TIMES_PX,
  TRUE_PX,
} from "./sequenceGeometry.ts";
import { Parts } from "./SequenceParts.tsx";
import { Times, timesOf } from "./SequenceTimes.tsx";

interface Props {
  /** Where the drawing can be had for a picture. */
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly sequence: Sequence;
  /** Changes with what is drawn. */
  readonly revisions: string;
  /** The parts of the chosen exchange. */
  readonly legs: readonly LatencyPart[];
  readonly chosen: number;
  /** The line on the wire that is looked at. */
  readonly frame: { readonly seq: number | null; readonly kind: FrameKind; readonly peer: PeerId } | null;
  readonly kind: "readable" | "true";
  /** px */
  readonly width: number;
  readonly cursor: Instant | null;
  readonly onChoose: (arrow: SequenceArrow) => void;
}

export function SequenceDrawing(props: Props) {
  const { drawing, sequence, revisions, legs, chosen, frame, kind, width, cursor, onChoose } = props;
  const { lifelines, arrows, bars, notes, lastMs, startsAt } = sequence;
  const [active, setActive] = useState(0);
  const parts = fitsParts(width, lifelines.length) ? PARTS_PX : 0;
  const column = Math.max(LEAST_COLUMN_PX, (width - TIMES_PX - parts - 8) / lifelines.length);
  const wholeWidth = TIMES_PX + column * lifelines.length + parts;
  const x = (lifeline: number): number => TIMES_PX + column * (lifeline + 0.5);

  const scale = useMemo(() => {
    const moments = [
      ...arrows.flatMap(({ startMs, endMs }) => [startMs, endMs]),
      ...bars.flatMap(({ startMs, endMs }) => [startMs, endMs ?? lastMs]),
      ...notes.map(({ atMs }) => atMs),
    ];
    return createTimeScale(moments, { kind, least: LEAST_PX, length: TRUE_PX });
    // What is drawn is made anew with every version of the record, and seldom differs.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [revisions, kind]);
  const y = (ms: number): number => HEAD_PX + scale.place(ms);
  const height = HEAD_PX + scale.length + FOOT_PX;
  const step = clockStepMs();

  const press = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      Home: 0,
      End: arrows.length - 1,
    };
    const to = moves[event.key];
    const arrow = arrows[active];
    if (to !== undefined) {
      const next = Math.max(0, Math.min(arrows.length - 1, to));
      setActive(next);
      drawing.current?.querySelector<SVGElement>(`[data-arrow="${next}"]`)?.focus();
    } else if ((event.key === "Enter" || event.key === " ") && arrow) onChoose(arrow);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isLine = (arrow: SequenceArrow): boolean =>
    frame !== null &&
    arrow.seq === frame.seq &&
    arrow.frame?.kind === frame.kind &&
    arrow.frame.peer === frame.peer;

  return (
    <svg
      ref={drawing}
      className="sequence"
      role="group"
      aria-label={`Sequence of ${arrows.length} messages between ${lifelines.map((line) => lifelineName(line, nameOf)).join(", ")}`}
      width={wholeWidth}
      height={height}
      viewBox={`0 0 ${wholeWidth} ${height}`}
    >
      {lifelines.map((line, index) => (
        <g key={`${line.kind} ${line.peer}`}>
          <text className="sequence-name" x={x(index)} y={15} textAnchor="middle" data-kind={line.kind}>
            {fitting(lifelineName(line, nameOf), column - 8, 7)}
            <title>{lifelineName(line, nameOf)}</title>
          </text>
          <line
            className="sequence-lifeline"
            x1={x(index)}
            x2={x(index)}
            y1={HEAD_PX - 12}
            y2={height - FOOT_PX + 8}
          />
        </g>
      ))}
      <Times
        moments={timesOf(sequence)}
        y={y}
        step={step}
        width={x(lifelines.length - 1)}
        startsAt={startsAt}
      />
      {bars.map((bar, index) => (
        <Bar
          key={`${index} ${bar.kind}`}
          bar={bar}
          x={x(bar.lifeline)}
          top={y(bar.startMs)}
          bottom={y(bar.endMs ?? lastMs)}
          ms={(bar.endMs ?? lastMs) - bar.startMs}
          faint={bar.seq !== chosen}
          // Where there is no column for the parts, what a responder does is named beside it.
          named={parts === 0}
        />
      ))}
      {arrows.map((arrow, position) => (
        <Arrow
          key={`${arrow.seq} ${arrow.from} ${arrow.to} ${arrow.frame?.kind} ${position}`}
          arrow={arrow}
          index={position}
          x={x}
          y={y}
          faint={arrow.seq !== chosen}
          looked={isLine(arrow)}
          focusable={position === active}
          label={arrowWords(arrow, sequence, step)}
          onFocus={() => setActive(position)}
          onKey={press}
          onChoose={() => onChoose(arrow)}
        />
      ))}
      {/* Above every arrow, so that none goes through them. */}
      {arrows.map((arrow, position) => (
        <ArrowWords
          key={`${arrow.seq} ${arrow.from} ${arrow.to} ${position}`}
          arrow={arrow}
          x={x}
          y={y}
          faint={arrow.seq !== chosen}
        />
      ))}
      {notes.map((note, index) => (
        <text
          key={`${index} ${note.what.kind}`}
          className="sequence-note"
          data-kind={note.what.kind === "outcome" ? note.what.outcome : note.what.kind}
          x={x(note.lifeline) - 8}
          y={y(note.atMs) + 12}
          textAnchor={note.lifeline === 0 ? "start" : "end"}
          dx={note.lifeline === 0 ? 14 : 0}
        >
          {noteWords(note.what)}
        </text>
      ))}
      {parts > 0 && <Parts legs={legs} startsAt={startsAt} x={wholeWidth - parts + 12} y={y} step={step} />}
      {cursor !== null && (
        <g
          className="sequence-cursor"
          data-picture="left out"
          role="img"
          aria-label="What has not happened yet"
        >
          <rect
            x={0}
            y={y(cursor - startsAt)}
            width={wholeWidth}
            height={Math.max(0, height - y(cursor - startsAt))}
          />
          <line x1={0} x2={wholeWidth} y1={y(cursor - startsAt)} y2={y(cursor - startsAt)} />
        </g>
      )}
    </svg>
  );
}

function arrowWords(
  { from, to, shape, words, startMs, size }: SequenceArrow,
  { lifelines }: Sequence,
  step: number,
): string {
  const names = [from, to].map((at) => {
    const line = lifelines[at];
    return line ? lifelineName(line, nameOf) : "";
  });
  return `${SHAPES[shape].words} from ${names.join(" to ")}, ${words}, ${size} bytes, at ${formatMeasured(startMs, step)}`;
}

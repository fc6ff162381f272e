import { useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import type { PeerId } from "../../domain/events/events.ts";
import {
  LATENCY_PART_WORDS,
  type LatencyPart,
  type LatencyPartKind,
} from "../../domain/timeline/latencyBreakdown.ts";
import { lifelineName, noteWords } from "../../domain/timeline/mermaid.ts";
import type { Sequence, SequenceArrow } from "../../domain/timeline/sequence.ts";
import { createTimeScale } from "../../domain/timeline/timeScale.ts";
import type { FrameKind } from "../../domain/frames/wireLines.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { pauseAt } from "../../stores/record/playbackStore.ts";
import { SHAPES } from "../diagram/marks/shapes.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import type { Instant } from "../../domain/base/instant.ts";

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

const TIMES_PX = 74;
const PARTS_PX = 210;
const HEAD_PX = 34;
const FOOT_PX = 22;
const LEAST_COLUMN_PX = 96;
/** Two moments are never nearer than this where the scale is readable. */
const LEAST_PX = 17;
const TRUE_PX = 460;
const LABEL_PX = 13;
/** Steps of cause and effect at which parts begin and end, as the sequence counts them, in ms. */
const STEP_MS = 1e-6;
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

/** Whether there is room for a column that names the parts, beside so many lifelines. */
export const fitsParts = (width: number, lifelines: number): boolean =>
  width >= TIMES_PX + PARTS_PX + LEAST_COLUMN_PX * lifelines;

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
      {bars.map((bar, index) => {
        const top = y(bar.startMs);
        const tall = Math.max(1.5, y(bar.endMs ?? lastMs) - top);
        const asking = bar.kind === "asking";
        const ms = (bar.endMs ?? lastMs) - bar.startMs;
        const words = bar.kind === "handler" ? "handler" : "waiting behind others";
        return (
          <g key={`${index} ${bar.kind}`} data-faint={bar.seq !== chosen}>
            <rect
              className="sequence-bar"
              data-bar={bar.kind}
              x={x(bar.lifeline) - (asking ? 2 : 5)}
              y={top}
              width={asking ? 4 : 10}
              height={tall}
            >
              <title>{`${asking ? "waiting for the reply" : words}: ${formatMeasured(ms, step)}`}</title>
            </rect>
            {/* Where there is no column for the parts, what a responder does is named beside it. */}
            {parts === 0 && !asking && tall >= LABEL_PX - 2 && (
              <text className="sequence-note" x={x(bar.lifeline) - 9} y={top + tall / 2 + 4} textAnchor="end">
                {bar.kind === "handler" ? "handler" : "waits"} {formatMeasured(ms, step)}
              </text>
            )}
          </g>
        );
      })}
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

/** The exact times of everything that was recorded; what the page did not see is drawn and not told. */
function timesOf({ arrows, bars, notes }: Sequence): readonly number[] {
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

function Times({ moments, y, step, width, startsAt }: TimesProps) {
  let last = -Infinity;
  return moments.map((ms) => {
    const at = y(ms);
    if (at - last < LABEL_PX) return null;
    last = at;
    return (
      // A person who points at a time looks at it; the keyboard has the clock's own controls for that.
      <g key={ms} className="sequence-time" onClick={() => pauseAt(startsAt + ms)}>
        <line x1={TIMES_PX - 6} x2={width} y1={at} y2={at} />
        <text x={TIMES_PX - 10} y={at + 3.5} textAnchor="end">
          {ms < STEP_MS * 10 ? "0 ms" : formatMeasured(ms, step)}
        </text>
      </g>
    );
  });
}

interface ArrowProps {
  readonly arrow: SequenceArrow;
  readonly index: number;
  readonly x: (lifeline: number) => number;
  readonly y: (ms: number) => number;
  readonly faint: boolean;
  readonly looked: boolean;
  readonly focusable: boolean;
  readonly label: string;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onChoose: () => void;
}

function Arrow({
  arrow,
  index,
  x,
  y,
  faint,
  looked,
  focusable,
  label,
  onFocus,
  onKey,
  onChoose,
}: ArrowProps) {
  const { from, to, shape, startMs, endMs, words } = arrow;
  const way = Math.sign(x(to) - x(from));
  const [x1, x2] = [x(from) + way * 5, x(to) - way * 13];
  const [y1, y2] = [y(startMs), y(endMs)];
  const drawing = SHAPES[shape];
  const room = Math.abs(x2 - x1) - 12;
  return (
    <g
      className="sequence-arrow"
      role="button"
      tabIndex={focusable ? 0 : -1}
      aria-label={label}
      aria-pressed={looked}
      data-arrow={index}
      data-shape={shape}
      data-faint={faint}
      style={{ color: `var(${drawing.colour})` }}
      onFocus={onFocus}
      onKeyDown={onKey}
      onClick={onChoose}
    >
      <line className="sequence-reach" x1={x1} y1={y1} x2={x2} y2={y2} />
      <line className="sequence-way" x1={x1} y1={y1} x2={x2} y2={y2} />
      <g transform={`translate(${x2 + way * 5} ${y2}) scale(0.82)`}>
        <path
          d={drawing.outline}
          className="sequence-mark"
          data-hollow={drawing.hollow}
          strokeDasharray={drawing.dashes.length > 0 ? drawing.dashes.join(" ") : undefined}
        />
        {drawing.detail !== null && (
          <path d={drawing.detail} className="sequence-detail" data-hollow={drawing.hollow} />
        )}
      </g>
      <text className="sequence-words" x={(x1 + x2) / 2} y={(y1 + y2) / 2 - 4} textAnchor="middle">
        {fitting(words, room, 6.3)}
      </text>
      <title>{label}</title>
    </g>
  );
}

function Parts({
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

/** As much of a text as there is room for, in letters of that width; an inbox keeps its end. */
function fitting(text: string, room: number, letterPx: number): string {
  const most = Math.floor(room / letterPx);
  if (text.length <= most) return text;
  if (most < 4) return "";
  return text.startsWith("_INBOX.") ? `…${text.slice(1 - most)}` : `${text.slice(0, most - 1)}…`;
}

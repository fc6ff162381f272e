import type { KeyboardEvent } from "react";
import type { SequenceArrow } from "../../domain/timeline/sequence.ts";
import { SHAPES } from "../diagram/marks/shapes.ts";
import { fitting } from "./sequenceGeometry.ts";

/** How wide a letter of an arrow's words is, in px. */
const LETTER_PX = 6.3;
/** How far above its arrow they stand, in px. */
const LIFT_PX = 4;

type Place = (of: number) => number;

function wayOf({ from, to, startMs, endMs }: SequenceArrow, x: Place, y: Place) {
  const way = Math.sign(x(to) - x(from));
  return { way, x1: x(from) + way * 5, x2: x(to) - way * 13, y1: y(startMs), y2: y(endMs) };
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

/** A message from one lifeline to another. */
export function Arrow({
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
  const { shape } = arrow;
  const { x1, x2, y1, y2, way } = wayOf(arrow, x, y);
  const drawing = SHAPES[shape];
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
      <title>{label}</title>
    </g>
  );
}

/** What an arrow carries, above it. */
export function ArrowWords({ arrow, x, y, faint }: Pick<ArrowProps, "arrow" | "x" | "y" | "faint">) {
  const { x1, x2, y1, y2 } = wayOf(arrow, x, y);
  const words = fitting(arrow.words, Math.abs(x2 - x1) - 12, LETTER_PX);
  // Along the arrow and read from left to right, so that the arrow does not go through it.
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const upright = Math.abs(angle) > 90 ? angle + 180 : angle;
  return (
    <text
      className="sequence-words"
      aria-hidden="true"
      y={-LIFT_PX}
      transform={`translate(${(x1 + x2) / 2} ${(y1 + y2) / 2}) rotate(${upright})`}
      textAnchor="middle"
      data-faint={faint}
      style={{ color: `var(${SHAPES[arrow.shape].colour})` }}
    >
      {words}
    </text>
  );
}

import type { MessageShape } from "../../../domain/schedule/flight.ts";
import type { Box } from "../layout/places.ts";
import type { Palette } from "./palette.ts";
import type { Point } from "../layout/route.ts";
import { MESSAGE_SHAPES, SHAPES } from "./shapes.ts";

/** A canvas with its colours; everything is drawn in the diagram's own units, `scale` apart from them. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  /** How much larger than its drawing a mark is. */
  readonly scale: number;
}

interface Paths {
  readonly outline: Path2D;
  readonly detail: Path2D | null;
}

const PATHS: ReadonlyMap<MessageShape, Paths> = new Map(
  MESSAGE_SHAPES.map((shape) => {
    const { outline, detail } = SHAPES[shape];
    return [shape, { outline: new Path2D(outline), detail: detail === null ? null : new Path2D(detail) }];
  }),
);

/** A mark that means a message. A thin edge in the surface's colour lifts it off the line it travels on. */
export function paintShape(brush: Brush, shape: MessageShape, at: Point, size = 1): void {
  const { context, palette, scale } = brush;
  const drawing = SHAPES[shape];
  const paths = PATHS.get(shape);
  if (!paths) return;
  const colour = colourOf(palette, drawing.colour);
  const surface = colourOf(palette, "--surface");
  context.save();
  context.translate(at.x, at.y);
  context.scale(scale * size, scale * size);
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = surface;
  context.lineWidth = drawing.hollow ? 4.5 : 3;
  context.stroke(paths.outline);
  context.fillStyle = drawing.hollow ? surface : colour;
  context.fill(paths.outline);
  if (drawing.hollow) {
    context.strokeStyle = colour;
    context.lineWidth = 1.6;
    if (drawing.dashes.length > 0) {
      context.lineCap = "butt";
      context.setLineDash([...drawing.dashes]);
    }
    context.stroke(paths.outline);
    context.setLineDash([]);
  }
  if (paths.detail) {
    context.strokeStyle = drawing.hollow ? colour : surface;
    context.lineWidth = 1.6;
    context.stroke(paths.detail);
  }
  context.restore();
}

/** A reply that nobody takes: its four sides drift apart and fade. `progress` 0 to 1. */
export function paintDiscarded(brush: Brush, shape: MessageShape, at: Point, progress: number): void {
  const { context, palette, scale } = brush;
  const { colour, dashes } = SHAPES[shape];
  const eased = 1 - (1 - progress) * (1 - progress);
  const away = eased * 9;
  context.save();
  context.translate(at.x, at.y);
  context.scale(scale, scale);
  context.globalAlpha = 1 - eased;
  context.strokeStyle = colourOf(palette, colour);
  context.lineWidth = 1.6;
  context.lineCap = "round";
  context.setLineDash([...dashes]);
  for (const [sideX, sideY] of [
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    context.beginPath();
    context.moveTo(sideX * (away + 0.8), sideY * (away + 5.7));
    context.lineTo(sideX * (away + 5.7), sideY * (away + 0.8));
    context.stroke();
  }
  context.restore();
}

/** A request that lies at a responder: with a ring while it is being handled, small and pale while it is in line. */
export function paintHeld(brush: Brush, at: Point, handling: boolean): void {
  const { context, palette, scale } = brush;
  paintShape(brush, "request", at, handling ? 0.72 : 0.62);
  if (!handling) return;
  context.strokeStyle = colourOf(palette, "--request");
  context.lineWidth = 1.2 * scale;
  context.beginPath();
  context.arc(at.x, at.y, 6 * scale, 0, Math.PI * 2);
  context.stroke();
}

const RING = 5.4;

/** A timeout running down: the rest of it as a ring that closes in, from the top. Null: nothing runs. */
export function paintWaiting(brush: Brush, at: Point, remaining: number | null): void {
  const { context, palette, scale } = brush;
  context.lineWidth = 2.2 * scale;
  context.strokeStyle = colourOf(palette, "--rule");
  context.beginPath();
  context.arc(at.x, at.y, RING * scale, 0, Math.PI * 2);
  context.stroke();
  if (remaining === null || remaining <= 0) return;
  // What is left is short: say so in the colour of what is about to happen.
  context.strokeStyle = colourOf(palette, remaining < 0.25 ? "--error" : "--request");
  context.beginPath();
  context.arc(at.x, at.y, RING * scale, -Math.PI / 2 - Math.PI * 2 * remaining, -Math.PI / 2);
  context.stroke();
}

/** A wait for the next attempt: the rest of it as a ring around the number of that attempt. */
export function paintPaused(brush: Brush, at: Point, remaining: number, attempt: number): void {
  const { context, palette, scale } = brush;
  context.save();
  context.fillStyle = colourOf(palette, "--surface");
  context.strokeStyle = colourOf(palette, "--rule");
  context.lineWidth = 2 * scale;
  context.beginPath();
  context.arc(at.x, at.y, PAUSE_RING * scale, 0, Math.PI * 2);
  context.fill();
  context.stroke();
  context.strokeStyle = colourOf(palette, "--ink-soft");
  context.beginPath();
  context.arc(at.x, at.y, PAUSE_RING * scale, -Math.PI / 2 - Math.PI * 2 * remaining, -Math.PI / 2);
  context.stroke();
  context.fillStyle = colourOf(palette, "--ink-soft");
  context.font = `600 ${9 * scale}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(attempt), at.x, at.y + 0.5 * scale);
  context.restore();
}

const PAUSE_RING = 7;

/** Something failed here: a ring, crossed out. `progress` 0 to 1. */
export function paintFailed(brush: Brush, at: Point, progress: number): void {
  const { context, palette, scale } = brush;
  const arm = 3 * scale;
  context.save();
  context.globalAlpha = fading(progress);
  context.strokeStyle = colourOf(palette, "--error");
  context.lineWidth = 1.8 * scale;
  context.lineCap = "round";
  context.beginPath();
  context.arc(at.x, at.y, RING * scale, 0, Math.PI * 2);
  context.moveTo(at.x - arm, at.y - arm);
  context.lineTo(at.x + arm, at.y + arm);
  context.moveTo(at.x + arm, at.y - arm);
  context.lineTo(at.x - arm, at.y + arm);
  context.stroke();
  context.restore();
}

/** It is there to be seen for most of its time. */
const fading = (progress: number): number => (progress < 0.8 ? 1 : (1 - progress) / 0.2);

const LABEL_PX = 11;

const labelFont = ({ scale }: Brush): string =>
  `600 ${LABEL_PX * scale}px "Source Sans 3 Variable", sans-serif`;

export function labelWidth(brush: Brush, words: string): number {
  brush.context.font = labelFont(brush);
  return brush.context.measureText(words).width;
}

/** Words beside a mark. What lies below them is covered, so that both can be read. */
export function paintLabel(brush: Brush, box: Box, words: string, colour: string): void {
  const { context, palette, scale } = brush;
  context.save();
  context.fillStyle = colourOf(palette, "--surface");
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 4 * scale);
  context.fill();
  context.font = labelFont(brush);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colourOf(palette, colour);
  context.fillText(words, box.x + box.width / 2, box.y + box.height / 2 + 0.5 * scale);
  context.restore();
}

/** Around a mark of the exchange that is being inspected. */
export function paintChosen(brush: Brush, at: Point): void {
  const { context, palette, scale } = brush;
  context.strokeStyle = colourOf(palette, "--focus");
  context.lineWidth = 1.8 * scale;
  context.beginPath();
  context.arc(at.x, at.y, 11 * scale, 0, Math.PI * 2);
  context.stroke();
}

const colourOf = (palette: Palette, name: string): string => palette.get(name) ?? "gray";

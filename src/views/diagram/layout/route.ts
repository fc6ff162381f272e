import { firstPlace } from "../../../domain/base/binarySearch.ts";
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a line leaves or meets a node, and on which of its sides. */
export interface Port extends Point {
  readonly side: "left" | "right" | "top" | "bottom";
}

export interface Cubic {
  readonly from: Point;
  readonly lead: Point;
  readonly trail: Point;
  readonly to: Point;
}

/** A way to travel at constant speed: the corners of a fine polyline, and how far along each lies. */
export interface Route {
  readonly points: readonly Point[];
  /** Distance from the start to each point; the last is the length. */
  readonly along: readonly number[];
}

/** How far a curve reaches straight out of a port before it turns. */
const LEAST_REACH = 24;
/** A curve becomes this many straight pieces: too many to see. */
const PIECES = 20;

/** The one curve between two ports: the line that is drawn and the way that messages take. */
export function curveBetween(from: Port, to: Port): Cubic {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  return { from, to, lead: reach(from, distance), trail: reach(to, distance) };
}

function reach(port: Port, distance: number): Point {
  const length = Math.min(Math.max(LEAST_REACH, distance * 0.45), 140);
  switch (port.side) {
    case "left":
      return { x: port.x - length, y: port.y };
    case "right":
      return { x: port.x + length, y: port.y };
    case "top":
      return { x: port.x, y: port.y - length };
    case "bottom":
      return { x: port.x, y: port.y + length };
  }
}

/** The curve as an SVG path. */
export const pathOf = ({ from, lead, trail, to }: Cubic): string =>
  `M${from.x} ${from.y}C${lead.x} ${lead.y} ${trail.x} ${trail.y} ${to.x} ${to.y}`;

/** A route along curves, and straight between the end of one and the start of the next. Points stand for themselves. */
export function routeAlong(parts: readonly (Cubic | Point)[]): Route {
  const points: Point[] = [];
  for (const part of parts) {
    if ("from" in part) for (let i = 0; i <= PIECES; i++) points.push(onCurve(part, i / PIECES));
    else points.push({ x: part.x, y: part.y });
  }
  const along: number[] = [];
  let length = 0;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
    along.push(length);
  });
  return { points, along };
}

function onCurve({ from, lead, trail, to }: Cubic, t: number): Point {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * from.x + b * lead.x + c * trail.x + d * to.x,
    y: a * from.y + b * lead.y + c * trail.y + d * to.y,
  };
}

/** The same way backwards. */
export const reversed = ({ from, lead, trail, to }: Cubic): Cubic => ({
  from: to,
  lead: trail,
  trail: lead,
  to: from,
});

/**
 * The place a share of the way along, 0 to 1, keeping `lane` to the right of the direction of travel, so that what goes out
 * and what comes back on one line pass each other. Both ends lie on the line itself.
 */
export function pointAt({ points, along }: Route, progress: number, lane = 0): Point {
  const last = points.length - 1;
  const start = points[0];
  if (!start) return { x: 0, y: 0 };
  const target = Math.min(1, Math.max(0, progress)) * (along[last] ?? 0);
  const high = firstPlace(Math.min(1, last), last, (place) => (along[place] ?? 0) > target);
  const low = Math.max(0, high - 1);
  const a = points[low] ?? start;
  const b = points[high] ?? a;
  const length = (along[high] ?? 0) - (along[low] ?? 0);
  const share = length === 0 ? 0 : (target - (along[low] ?? 0)) / length;
  const x = a.x + (b.x - a.x) * share;
  const y = a.y + (b.y - a.y) * share;
  if (lane === 0 || length === 0) return { x, y };
  const fromEnd = Math.min(target, (along[last] ?? 0) - target);
  const aside = lane * Math.min(1, fromEnd / LANE_CHANGE);
  // On a screen y grows downwards, so right of (dx, dy) is (−dy, dx).
  return { x: x - ((b.y - a.y) / length) * aside, y: y + ((b.x - a.x) / length) * aside };
}

/** Distance within which a message moves over from the end of the line to its lane. */
const LANE_CHANGE = 18;

import { flightMarks, type Mark } from "../../../domain/schedule/flight.ts";
import type { PeerId } from "../../../domain/events/events.ts";
import type { FrameRef } from "../../../domain/timeline/sequence.ts";
import type { Drawn } from "../../../domain/schedule/liveCalls.ts";
import { nodeId } from "../layout/layout.ts";
import type { MarkRoutes } from "./markRoutes.ts";
import {
  paintChosen,
  paintDiscarded,
  paintFailed,
  paintHeld,
  paintLabel,
  paintPaused,
  paintShape,
  paintWaiting,
  type Brush,
} from "./paint.ts";
import { pointAt, type Point } from "../layout/route.ts";
import { PORT } from "../layout/ports.ts";
import { SHAPES } from "./shapes.ts";
import type { Geometry } from "../layout/nodeGeometry.ts";
import type { Instant } from "../../../domain/base/instant.ts";

/** Something that can be clicked, in the diagram's units. */
export interface Spot extends Point {
  readonly seq: number;
  /** The line on the wire that it was recorded as, where it is one. */
  readonly line: FrameRef | null;
}

export interface Painting {
  readonly spots: readonly Spot[];
  /** In how many ms it will look different if nothing new happens; `Infinity` for never. */
  readonly nextInMs: number;
}

export interface PaintInput {
  readonly drawn: Iterable<Drawn>;
  readonly now: Instant;
  readonly routes: MarkRoutes;
  readonly geometry: Geometry;
  readonly chosenSeq: number | null;
  /** How long a failure stays to be seen, in ms of `now`. */
  readonly failedMs: number;
  /** Nothing travels: marks stand at one end of their way and then at the other. */
  readonly still: boolean;
}

/** Right of the middle of the line, in the direction of travel. */
const LANE = 3;
/** So many next to each other: by exchange, and within one by responder. */
const LANES = 5;
/** A ring need not move in every frame. */
const RING_MS = 33;
const STILL_MS = 100;
/** Requests drawn at one responder, and rings at one inbox; words tell the rest. */
const MOST_HELD = 12;
const MOST_RINGS = 3;
/** So many names stand beside marks. */
const MOST_NAMED = 8;

/** Paints everything that is to be seen of these exchanges now. */
export function paintScene(brush: Brush, input: PaintInput): Painting {
  const { now, routes, geometry, chosenSeq, still } = input;
  const spots: Spot[] = [];
  const held = new Map<PeerId, Extract<Mark, { kind: "held" }>[]>();
  const rings = new Map<PeerId, number>();
  let nextInMs = Infinity;
  const soon = (ms: number): void => {
    nextInMs = Math.min(nextInMs, still ? Math.max(STILL_MS, ms) : ms);
  };
  const spot = (at: Point, seq: number, line: FrameRef | null): void => {
    if (seq === chosenSeq) paintChosen(brush, at);
    spots.push({ x: at.x, y: at.y, seq, line });
  };

  const ringAt = (peer: PeerId): Point | null => {
    const index = rings.get(peer) ?? 0;
    rings.set(peer, index + 1);
    return index < MOST_RINGS ? ringPlace(geometry, peer, index) : null;
  };

  const labels: { readonly at: Point; readonly words: string; readonly colour: string }[] = [];
  const failed = ({ at: where, shape, words, progress, seq }: Extract<Mark, { kind: "failed" }>): void => {
    const at =
      where.kind === "responder"
        ? benchPlace(geometry, where.peer)
        : where.kind === "inbox"
          ? ringAt(where.peer)
          : null;
    if (!at) return;
    spot(at, seq, null);
    if (shape === null) paintFailed(brush, at, progress);
    else paintShape(brush, shape, at);
    labels.push({ at, words, colour: shape === null ? "--error" : SHAPES[shape].colour });
  };

  for (const { flight, exchange } of input.drawn) {
    for (const mark of flightMarks(flight, now, input.failedMs)) {
      switch (mark.kind) {
        case "travelling": {
          if (mark.progress < 1) soon(0);
          const route = routes.of(mark, exchange.subject);
          if (!route) break;
          const progress = still ? Math.round(mark.progress) : eased(mark.progress);
          const at = pointAt(route, progress, LANE + ((mark.seq + (mark.peer ?? 0)) % LANES));
          spot(at, mark.seq, lineOf(mark));
          paintShape(brush, mark.shape, at);
          const words = labelOf(mark);
          if (words !== null) labels.push({ at, words, colour: SHAPES[mark.shape].colour });
          break;
        }
        case "discarded": {
          soon(0);
          const at = mark.at.kind === "inbox" ? inboxOf(geometry, mark.at.peer) : null;
          if (at) paintDiscarded(brush, mark.shape, at, still ? 0.3 : mark.progress);
          break;
        }
        case "held": {
          const there = held.get(mark.peer);
          if (there) there.push(mark);
          else held.set(mark.peer, [mark]);
          break;
        }
        case "waiting": {
          if (mark.remaining !== null && mark.remaining > 0) soon(RING_MS);
          const at = ringAt(mark.peer);
          if (!at) break;
          spot(at, mark.seq, lineOf(mark));
          paintWaiting(brush, at, mark.remaining);
          break;
        }
        case "failed": {
          soon(RING_MS);
          failed(mark);
          break;
        }
        case "paused": {
          soon(RING_MS);
          const at = ringAt(mark.peer);
          if (!at) break;
          spot(at, mark.seq, lineOf(mark));
          paintPaused(brush, at, mark.remaining, mark.attempt);
          break;
        }
      }
    }
    if (flight.legs.some(({ startsAt }) => startsAt > now && startsAt < Infinity)) soon(0);
  }
  for (const [peer, marks] of held) paintBench(brush, geometry, peer, marks, spot);
  // Where many things happen names would hide them.
  if (labels.length <= MOST_NAMED)
    for (const { at, words, colour } of labels) paintLabel(brush, at, words, colour);
  return { spots, nextInMs };
}

/** What is said of a message on its way, beside it; null for what its shape says well enough. */
const labelOf = ({ shape, attempt }: Extract<Mark, { kind: "travelling" }>): string | null =>
  attempt === null ? SHAPES[shape].label : `attempt ${attempt}`;

/** Which line a mark is: what a connection of this page sent or got. The server's two ends are the page's other two. */
function lineOf(mark: Mark): FrameRef | null {
  if (mark.kind === "held") return { kind: "delivered", peer: mark.peer, nth: 0 };
  if (mark.kind === "waiting") return { kind: "sent", peer: mark.peer, nth: 0 };
  if (mark.kind !== "travelling") return null;
  const { from, to } = mark;
  if (from.kind === "requester") return { kind: "sent", peer: from.peer, nth: 0 };
  if (to.kind === "responder") return { kind: "delivered", peer: to.peer, nth: 0 };
  if (from.kind === "responder") return { kind: "answered", peer: from.peer, nth: 0 };
  return to.kind === "inbox" ? { kind: "arrived", peer: to.peer, nth: 0 } : null;
}

/** Starts and stops softly, without hiding that the time on the way is what it is. */
const eased = (t: number): number => t + (t * t * (3 - 2 * t) - t) * 0.6;

/** Requests lie on the lower edge of their responder, those being handled first. */
function paintBench(
  brush: Brush,
  geometry: Geometry,
  peer: PeerId,
  marks: readonly Extract<Mark, { kind: "held" }>[],
  spot: (at: Point, seq: number, line: FrameRef | null) => void,
): void {
  const box = geometry.box(nodeId.responder(peer));
  if (!box) return;
  const step = 15 * brush.scale;
  const room = Math.max(1, Math.min(MOST_HELD, Math.floor((box.width - 10) / step)));
  const ordered = [...marks.filter((mark) => mark.handling), ...marks.filter((mark) => !mark.handling)];
  ordered.slice(0, room).forEach((mark, index) => {
    const at = { x: box.x + 14 + index * step, y: box.y + box.height };
    spot(at, mark.seq, lineOf(mark));
    paintHeld(brush, at, mark.handling);
  });
}

/** Where the first of the requests that a responder has would lie. */
function benchPlace(geometry: Geometry, peer: PeerId): Point | null {
  const box = geometry.box(nodeId.responder(peer));
  return box && { x: box.x + 14, y: box.y + box.height };
}

/** Rings stand in the inbox slot, the oldest nearest to where replies come in. */
function ringPlace(geometry: Geometry, peer: PeerId, index: number): Point | null {
  const port = inboxPort(geometry, peer);
  if (!port) return null;
  const sideways = port.side === "left" || port.side === "right";
  return sideways ? { x: port.x - 20 - index * 16, y: port.y } : { x: port.x - index * 16, y: port.y - 23 };
}

function inboxOf(geometry: Geometry, peer: PeerId): Point | null {
  return inboxPort(geometry, peer);
}

/** A responder that asks within its handler has its inbox where its line ends. */
const inboxPort = (geometry: Geometry, peer: PeerId) =>
  geometry.port(nodeId.requester(peer), PORT.inbox) ?? geometry.port(nodeId.responder(peer), PORT.answer);

import { flightMarks, type Mark } from "../../../domain/schedule/marks.ts";
import type { PeerId } from "../../../domain/events/events.ts";
import type { FrameRef } from "../../../domain/timeline/sequence.ts";
import type { Drawn } from "../../../domain/schedule/drawn.ts";
import { nodeId } from "../layout/places.ts";
import type { MarkRoutes } from "./markRoutes.ts";
import type { Label, LabelLayout } from "./labels.ts";
import {
  labelWidth,
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
import { pointAt, type Point, type Route } from "../layout/route.ts";
import { slotAt, slotHeight } from "../layout/measures.ts";
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
  readonly labels: LabelLayout;
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
/** Where nothing moves, a ring closes in by so many steps. */
const STILL_STEPS = 8;
/** Marks drawn at one responder, and in one inbox; words tell the rest. */
const MOST_HELD = 12;
const MOST_IN_INBOX = 3;
/** From one mark that rests to the next. */
const REST_GAP = 14;
/** So many names stand beside marks. */
const MOST_NAMED = 8;

type MarkOf<Kind extends Mark["kind"]> = Extract<Mark, { kind: Kind }>;

/** Failures of the same kind in one place are one mark, the newest of them. */
interface Failed {
  readonly mark: MarkOf<"failed">;
  readonly count: number;
}

/** What stands in one inbox, or lies at one responder. */
interface Gathered {
  readonly waiting: (MarkOf<"waiting"> | MarkOf<"paused">)[];
  readonly held: MarkOf<"held">[];
  /** By their words. */
  readonly failed: Map<string, Failed>;
}

/** Paints everything that is to be seen of these exchanges now. */
export function paintScene(brush: Brush, input: PaintInput): Painting {
  const { now, routes, geometry, chosenSeq, still } = input;
  const spots: Spot[] = [];
  const inboxes = new Map<PeerId, Gathered>();
  const benches = new Map<PeerId, Gathered>();
  const resting = new Map<string, number>();
  let nextInMs = Infinity;
  const soon = (ms: number): void => {
    nextInMs = Math.min(nextInMs, still ? Math.max(STILL_MS, ms) : ms);
  };
  const spot = (at: Point, seq: number, line: FrameRef | null): void => {
    if (seq === chosenSeq) paintChosen(brush, at);
    spots.push({ x: at.x, y: at.y, seq, line });
  };
  const left = (share: number): number => (still ? Math.ceil(share * STILL_STEPS) / STILL_STEPS : share);
  const labels: Label[] = [];
  const name = (at: Point, key: string, words: string, colour: string, below = false): void => {
    labels.push({ at, key, words, width: labelWidth(brush, words), colour, below });
  };

  for (const { flight, exchange } of input.drawn) {
    for (const mark of flightMarks(flight, now, input.failedMs)) {
      switch (mark.kind) {
        case "travelling": {
          if (mark.progress < 1) soon(0);
          const route = routes.of(mark, exchange.subject, exchange.requester);
          if (!route) break;
          const progress = still ? Math.round(mark.progress) : eased(mark.progress);
          const at =
            mark.progress < 1
              ? pointAt(route, progress, LANE + ((mark.seq + (mark.peer ?? 0)) % LANES))
              : restAt(route, resting, brush.scale);
          spot(at, mark.seq, lineOf(mark));
          paintShape(brush, mark.shape, at);
          const words = labelOf(mark);
          if (words !== null) name(at, `${mark.seq} ${mark.peer} ${words}`, words, SHAPES[mark.shape].colour);
          break;
        }
        case "discarded": {
          soon(0);
          const at = mark.at.kind === "inbox" ? inboxOf(geometry, mark.at.peer) : null;
          if (at) paintDiscarded(brush, mark.shape, at, still ? 0.3 : mark.progress);
          break;
        }
        case "held":
          gatheredAt(benches, mark.peer).held.push(mark);
          break;
        case "waiting":
          if (mark.remaining !== null && mark.remaining > 0) soon(RING_MS);
          gatheredAt(inboxes, mark.peer).waiting.push(mark);
          break;
        case "paused":
          soon(RING_MS);
          gatheredAt(inboxes, mark.peer).waiting.push(mark);
          break;
        case "failed": {
          soon(RING_MS);
          const { kind } = mark.at;
          if (kind === "inbox") noteFailed(gatheredAt(inboxes, mark.at.peer), mark);
          if (kind === "responder") noteFailed(gatheredAt(benches, mark.at.peer), mark);
          break;
        }
      }
    }
    if (flight.legs.some(({ startsAt }) => startsAt > now && startsAt < Infinity)) soon(0);
  }

  const paintFailure = ({ mark, count }: Failed, at: Point): void => {
    const { shape, words, progress, seq } = mark;
    spot(at, seq, null);
    if (shape === null) paintFailed(brush, at, still ? 0 : progress);
    else paintShape(brush, shape, at);
    const colour = shape === null ? "--error" : SHAPES[shape].colour;
    name(at, `failed ${seq} ${words}`, count === 1 ? words : `${words} ×${count}`, colour, true);
  };
  for (const [peer, { waiting, failed }] of inboxes) {
    const failures = newestFirst(failed).slice(0, MOST_IN_INBOX - Number(waiting.length > 0));
    const rings = waiting.slice(0, MOST_IN_INBOX - failures.length);
    for (const [index, mark] of rings.entries()) {
      const at = ringPlace(geometry, peer, index);
      if (!at) break;
      spot(at, mark.seq, lineOf(mark));
      if (mark.kind === "waiting")
        paintWaiting(brush, at, mark.remaining === null ? null : left(mark.remaining));
      else paintPaused(brush, at, left(mark.remaining), mark.attempt);
    }
    for (const [index, failure] of failures.entries()) {
      const at = ringPlace(geometry, peer, rings.length + index);
      if (at) paintFailure(failure, at);
    }
  }
  for (const [peer, { held, failed }] of benches) {
    const bench = benchOf(geometry, peer, brush.scale);
    if (!bench) continue;
    const failures = newestFirst(failed).slice(0, bench.room);
    // Those being handled first.
    const ordered = [...held.filter(({ handling }) => handling), ...held.filter(({ handling }) => !handling)];
    const shown = ordered.slice(0, bench.room - failures.length);
    for (const [index, mark] of shown.entries()) {
      const at = bench.place(index);
      spot(at, mark.seq, lineOf(mark));
      paintHeld(brush, at, mark.handling);
    }
    for (const [index, failure] of failures.entries())
      paintFailure(failure, bench.place(shown.length + index));
  }
  // Where many things happen names would hide them.
  const named = labels.length <= MOST_NAMED ? labels : [];
  for (const { box, words, colour } of input.labels.place(named, spots, brush.scale))
    paintLabel(brush, box, words, colour);
  return { spots, nextInMs };
}

function gatheredAt(all: Map<PeerId, Gathered>, peer: PeerId): Gathered {
  let gathered = all.get(peer);
  if (!gathered) all.set(peer, (gathered = { waiting: [], held: [], failed: new Map() }));
  return gathered;
}

function noteFailed({ failed }: Gathered, mark: MarkOf<"failed">): void {
  const before = failed.get(mark.words);
  const newest = before && before.mark.progress < mark.progress ? before.mark : mark;
  failed.set(mark.words, { mark: newest, count: (before?.count ?? 0) + 1 });
}

const newestFirst = (failed: ReadonlyMap<string, Failed>): readonly Failed[] =>
  [...failed.values()].sort((a, b) => a.mark.progress - b.mark.progress);

/** What has come to the server and waits there for its way on stands in line along the way it came. */
function restAt(route: Route, resting: Map<string, number>, scale: number): Point {
  const { x, y } = pointAt(route, 1);
  const before = resting.get(`${x} ${y}`) ?? 0;
  resting.set(`${x} ${y}`, before + 1);
  return pointAt(route, 1 - (before * REST_GAP * scale) / Math.max(1, route.along.at(-1) ?? 0));
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

/** Requests lie on the lower edge of their responder: so many have room there. */
function benchOf(geometry: Geometry, peer: PeerId, scale: number) {
  const box = geometry.box(nodeId.responder(peer));
  if (!box) return null;
  const step = 15 * scale;
  return {
    room: Math.max(1, Math.min(MOST_HELD, Math.floor((box.width - 10) / step))),
    place: (index: number): Point => ({ x: box.x + 14 + index * step, y: box.y + box.height }),
  };
}

/** Rings stand in the inbox slot, the oldest nearest to where replies come in. */
function ringPlace(geometry: Geometry, peer: PeerId, index: number): Point | null {
  const box = geometry.box(nodeId.requester(peer));
  if (box) return { x: box.x + box.width - 19 - index * 16, y: box.y + ringHeight(box.height) };
  const port = geometry.port(nodeId.responder(peer), PORT.answer);
  if (!port) return null;
  return port.side === "left"
    ? { x: port.x - 20 - index * 16, y: port.y }
    : { x: port.x - index * 16, y: port.y - 23 };
}

/** Two lines of text have room in a high slot: rings stand beside the second. */
const ringHeight = (height: number): number => slotAt(height) + (slotHeight(height) > 36 ? 9 : 0);

/** Where replies come in. A responder that asks within its handler has its inbox where its line ends. */
function inboxOf(geometry: Geometry, peer: PeerId): Point | null {
  const box = geometry.box(nodeId.requester(peer));
  if (!box) return geometry.port(nodeId.responder(peer), PORT.answer);
  const port = geometry.port(nodeId.requester(peer), PORT.inbox);
  return port && (port.side === "right" ? { x: port.x, y: box.y + slotAt(box.height) } : port);
}

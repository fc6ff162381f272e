import type { PeerId } from "../../../domain/events/events.ts";
import { freeRoom, zoomFor } from "./fit.ts";
import { placeColumns } from "./columns.ts";
import {
  FOOTED,
  HEADED,
  STRIP,
  type Density,
  type Direction,
  type FrameInsets,
  type Size,
} from "./measures.ts";
import { boundsOf, type Box, type Cast, type Letters, type Outsiders, type Plan } from "./places.ts";
import { placeStack } from "./stack.ts";
import type { Topology } from "./topology.ts";

/** The room that the diagram has, in px. */
export type Room = Size;

/** In steps: a slow change of the window does not move everything all the time. */
const STEP_PX = 16;

export const roomFor = (width: number, height: number): Room => ({
  width: Math.max(STEP_PX, Math.floor(width / STEP_PX) * STEP_PX),
  height: Math.max(STEP_PX, Math.floor(height / STEP_PX) * STEP_PX),
});

export interface Layout {
  readonly direction: Direction;
  readonly density: Density;
  /** Requesters have one line each for what goes out and what comes back: two of each would cross. */
  readonly merged: boolean;
  readonly frame: FrameInsets;
  /** Every node's place by its id, none relative to another. */
  readonly boxes: ReadonlyMap<string, Box>;
}

/** More than these are no longer shown in full, or in lines. */
const MOST_CARDS = 12;
const MOST_LINES = 24;
const MOST_COLUMNS = 16;
/** So many frames one above the other have their headings before their members. */
const MOST_HEADED = 4;
/** As many requesters as may be shown in full, and how much larger everything has to become for less of them to be shown. */
const MOST_FULL = 3;
const SMALL_GAIN = 1.15;
/** Smaller than this a richer way to show a responder is a gain only while little is lost by it: names in full are worth so much. */
const LEAST_READABLE = 0.95;
const NAMES_WORTH = 0.85;
const GAP = { least: 66, most: 240 };
const STRETCHES = [2.6, 2.2, 1.8, 1.5, 1.25];
/** Below each other they are read as well, but not as a way from left to right: only where that is much larger. */
const STACK_GAIN = 1.15;

/** Where every node stands, before anybody moves one: as large as it can be shown. Nothing overlaps, members lie inside their frames. */
export function layoutOf(
  topology: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
  room: Room,
  letters: Letters = { requester: 8, responder: 11 },
): Layout {
  const cast: Cast = { topology, requesters, outside, letters };
  const merged = requesters.length + (outside.asks ? 1 : 0) > 1;
  const zoomOf = (boxes: ReadonlyMap<string, Box>): number => zoomFor(boundsOf(boxes.values()), room);

  const { boxes, plan } = bestColumns(cast, room);
  const stack = stackPlan(cast);
  const stacked = placeStack(cast, stack);
  return zoomOf(stacked) > zoomOf(boxes) * STACK_GAIN
    ? { direction: "tall", density: stack.density, frame: stack.frame, merged, boxes: stacked }
    : { direction: "wide", density: plan.density, frame: plan.frame, merged, boxes };
}

interface Placed {
  readonly plan: Plan;
  readonly boxes: ReadonlyMap<string, Box>;
}

/** In columns from left to right, as rich as can be read and as large as there is room. */
function bestColumns(cast: Cast, room: Room): Placed {
  const count = responderCount(cast.topology);
  const densities: Density[] = ["tile"];
  if (count <= MOST_LINES) densities.unshift("line");
  if (count <= MOST_CARDS) densities.unshift("card");
  const tried = densities.map((density) => bestOf(cast, density, room));
  const largest = tried.reduce((a, b) => (b.zoom > a.zoom ? b : a));
  const enough = Math.min(LEAST_READABLE, largest.zoom * NAMES_WORTH);
  return filled(cast, tried.find(({ zoom }) => zoom >= enough) ?? largest, room);
}

/** Cards have a line each, so they stand in one column; others in as many as show them largest. */
function bestOf(cast: Cast, density: Density, room: Room): Placed & { readonly zoom: number } {
  const most = density === "card" ? 1 : MOST_COLUMNS;
  const frames = cast.topology.groups.length > MOST_HEADED ? [HEADED, STRIP] : [HEADED];
  const count = cast.requesters.length;
  const sizes = count > MOST_FULL ? [true] : count > 1 ? [false, true] : [false];
  const found: (Placed & { readonly zoom: number })[] = [];
  for (const small of sizes) {
    for (const frame of frames) {
      for (let columns = 1; columns <= most; columns++) {
        const plan: Plan = { density, small, frame, columns, gap: GAP.least, stretch: 1 };
        const boxes = placeColumns(cast, plan);
        found.push({ plan, boxes, zoom: zoomFor(boundsOf(boxes.values()), room) });
      }
    }
  }
  // What a requester asks is left out only for much.
  const worth = ({ plan, zoom }: (typeof found)[number]): number => (plan.small ? zoom / SMALL_GAIN : zoom);
  return found.reduce((a, b) => (worth(b) > worth(a) + 1e-9 ? b : a));
}

/** The same, with what room is left put between the nodes: a longer way for the messages, or more air. */
function filled(cast: Cast, { plan, boxes }: Placed, room: Room): Placed {
  const bounds = boundsOf(boxes.values());
  const zoom = zoomFor(bounds, room);
  const free = freeRoom(room);
  const spare = (free.width / zoom - bounds.width) / 2;
  const gap = Math.min(GAP.most, GAP.least + Math.max(0, spare));
  for (const stretch of STRETCHES) {
    const wider = { ...plan, gap, stretch };
    const airy = placeColumns(cast, wider);
    if (zoomFor(boundsOf(airy.values()), room) >= zoom * 0.99) return { plan: wider, boxes: airy };
  }
  const wider = { ...plan, gap };
  return { plan: wider, boxes: placeColumns(cast, wider) };
}

const stackPlan = ({ topology }: Cast): Plan => {
  const count = responderCount(topology);
  const density = count <= 6 ? "card" : count <= 16 ? "line" : "tile";
  return { density, small: true, frame: FOOTED, columns: 2, gap: 0, stretch: 1 };
};

const responderCount = ({ groups }: Topology): number =>
  groups.reduce((sum, { members }) => sum + members.length, 0);

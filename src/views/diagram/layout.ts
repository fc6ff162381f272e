import type { PeerId } from "../../domain/events.ts";
import {
  densityOf,
  FRAME,
  OUTSIDE_SIZE,
  REQUESTER,
  REQUESTER_SMALL,
  RESPONDER,
  SERVER,
  serverHeight,
  type Density,
  type Size,
} from "./measures.ts";
import type { Topology } from "./topology.ts";

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Beside each other on a screen, above each other on a phone. */
export type Direction = "wide" | "tall";

/** Programs outside the page that take part: they ask, they answer, or both. */
export interface Outsiders {
  readonly asks: boolean;
  readonly answers: boolean;
}

export interface Layout {
  readonly direction: Direction;
  readonly density: Density;
  /** Every node's place by its id, none relative to another. */
  readonly boxes: ReadonlyMap<string, Box>;
}

export const nodeId = {
  requester: (id: PeerId): string => `requester:${id}`,
  responder: (id: PeerId): string => `responder:${id}`,
  server: "server",
  outsideAsking: "outside:asking",
  outsideAnswering: "outside:answering",
} as const;

/** Room for the lines between two columns. */
const COLUMN_GAP = 104;
const ROW_GAP = 46;
const STACK_GAP = 18;
/** Everything below each other is this wide. */
const TALL_WIDTH = 330;

/** Where every node stands, before anybody moves one. Nothing overlaps, and members lie inside their frames. */
export function layoutOf(
  topology: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
  direction: Direction,
): Layout {
  const responders = topology.groups.reduce((sum, group) => sum + group.members.length, 0);
  const density = densityOf(responders);
  const boxes = new Map<string, Box>();
  if (direction === "wide") placeWide(boxes, topology, requesters, outside, density);
  else placeTall(boxes, topology, requesters, outside, density);
  return { direction, density, boxes };
}

export const requesterSize = (count: number): Size => (count > 3 ? REQUESTER_SMALL : REQUESTER);

function placeWide(
  boxes: Map<string, Box>,
  topology: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
  density: Density,
): void {
  const asking = askers(requesters, outside);
  placeColumn(boxes, 0, asking);
  const serverX = REQUESTER.width + COLUMN_GAP;
  const server: Item = { id: nodeId.server, ...serverSize(topology, SERVER.width) };
  placeColumn(boxes, serverX, [server]);
  const framesX = serverX + SERVER.width + COLUMN_GAP;
  const frames = topology.groups.map((group): Item => ({
    id: group.id,
    ...frameSize(group.members.length, columnsFor(group.members.length, density), density),
  }));
  if (outside.answers) frames.push({ id: nodeId.outsideAnswering, ...OUTSIDE_SIZE });
  placeColumn(boxes, framesX, frames);
  for (const group of topology.groups) {
    const columns = columnsFor(group.members.length, density);
    placeMembers(boxes, group.id, group.members, columns, RESPONDER[density].width, density);
  }
}

function placeTall(
  boxes: Map<string, Box>,
  topology: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
  density: Density,
): void {
  let y = 0;
  const asking = askers(requesters, outside);
  const abreast = asking.length > 1 ? 2 : 1;
  const width = (TALL_WIDTH - (abreast - 1) * STACK_GAP) / abreast;
  asking.forEach((item, index) => {
    const column = index % abreast;
    const height = asking.length > 1 ? REQUESTER_SMALL.height : item.height;
    const top = Math.floor(index / abreast) * (height + STACK_GAP);
    boxes.set(item.id, { x: column * (width + STACK_GAP), y: top, width, height });
    y = top + height + ROW_GAP;
  });

  const server = serverSize(topology, TALL_WIDTH);
  boxes.set(nodeId.server, { x: 0, y, ...server });
  y += server.height + ROW_GAP;

  for (const group of topology.groups) {
    const inner = TALL_WIDTH - 2 * FRAME.padding;
    const { width: wanted, gap } = RESPONDER[density];
    const columns = density === "tile" ? Math.floor((inner + gap) / (wanted + gap)) : 2;
    const memberWidth = density === "tile" ? wanted : (inner - gap) / 2;
    const { height } = frameSize(group.members.length, columns, density);
    boxes.set(group.id, { x: 0, y, width: TALL_WIDTH, height });
    placeMembers(boxes, group.id, group.members, columns, memberWidth, density);
    y += height + FRAME.gap;
  }
  if (outside.answers) boxes.set(nodeId.outsideAnswering, { x: 0, y, ...OUTSIDE_SIZE });
}

interface Item extends Size {
  readonly id: string;
}

function askers(requesters: readonly PeerId[], outside: Outsiders): Item[] {
  const size = requesterSize(requesters.length);
  const items: Item[] = requesters.map((id) => ({ id: nodeId.requester(id), ...size }));
  if (outside.asks) items.push({ id: nodeId.outsideAsking, ...REQUESTER_SMALL });
  return items;
}

const serverSize = (topology: Topology, width: number): Size => ({
  width,
  height: serverHeight(topology.rows.length),
});

/** Below each other, centred on the line on which the server is centred too. */
function placeColumn(boxes: Map<string, Box>, x: number, items: readonly Item[]): void {
  const total = items.reduce((sum, { height }) => sum + height, 0) + (items.length - 1) * STACK_GAP;
  let y = -total / 2;
  for (const { id, width, height } of items) {
    boxes.set(id, { x, y, width, height });
    y += height + STACK_GAP;
  }
}

function columnsFor(members: number, density: Density): number {
  switch (density) {
    case "card":
      return 1;
    case "line":
      return members > 8 ? 2 : 1;
    case "tile":
      // Somewhat wider than tall, as the room beside the server is.
      return Math.max(3, Math.ceil(Math.sqrt(members)));
  }
}

function frameSize(members: number, columns: number, density: Density): Size {
  const { width, height, gap } = RESPONDER[density];
  const rows = Math.ceil(members / columns);
  return {
    width: 2 * FRAME.padding + columns * (width + gap) - gap,
    height: FRAME.header + FRAME.padding + rows * (height + gap) - gap,
  };
}

function placeMembers(
  boxes: Map<string, Box>,
  group: string,
  members: readonly PeerId[],
  columns: number,
  width: number,
  density: Density,
): void {
  const frame = boxes.get(group);
  if (!frame) return;
  const { height, gap } = RESPONDER[density];
  members.forEach((id, index) => {
    boxes.set(nodeId.responder(id), {
      x: frame.x + FRAME.padding + (index % columns) * (width + gap),
      y: frame.y + FRAME.header + Math.floor(index / columns) * (height + gap),
      width,
      height,
    });
  });
}

/** The smallest box around all of them; a point for none. */
export function boundsOf(boxes: Iterable<Box>): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left === Infinity) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

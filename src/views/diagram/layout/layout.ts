import type { PeerId } from "../../../domain/events/events.ts";
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

/** What there is room for. */
export interface Room {
  readonly direction: Direction;
  /** Between two columns that stand beside each other: where the messages travel. */
  readonly columnGap: number;
  /** Height to width. */
  readonly slope: number;
}

const NARROWEST_FOR_COLUMNS = 620;
const COLUMN_GAP = { least: 60, most: 108, step: 12 };
/** Three columns with one responder in the last, without the gaps and with some air around. */
const COLUMNS_WIDTH = 610;

/** The room on a diagram of so many px. Steps keep a slow change of its size from moving everything all the time. */
export function roomFor(width: number, height: number): Room {
  const spare = (width - COLUMNS_WIDTH) / 2;
  const stepped = Math.floor(spare / COLUMN_GAP.step) * COLUMN_GAP.step;
  return {
    direction: width < NARROWEST_FOR_COLUMNS && height > width ? "tall" : "wide",
    columnGap: Math.min(COLUMN_GAP.most, Math.max(COLUMN_GAP.least, stepped)),
    slope: Math.round((height / width) * 8) / 8,
  };
}

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
  nobodyAsks: "nobody:asks",
  nobodyAnswers: "nobody:answers",
} as const;

const ROW_GAP = 58;
const STACK_GAP = 18;
/** Everything below each other is this wide. */
const TALL_WIDTH = 330;

/** Where every node stands, before anybody moves one. Nothing overlaps, and members lie inside their frames. */
export function layoutOf(
  topology: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
  room: Room,
): Layout {
  const { direction } = room;
  const responders = topology.groups.reduce((sum, group) => sum + group.members.length, 0);
  const density = densityOf(responders);
  const boxes = new Map<string, Box>();
  if (direction === "wide") placeWide(boxes, topology, requesters, outside, density, room);
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
  { columnGap, slope }: Room,
): void {
  const asking = requesterItems(requesters, outside);
  placeColumn(boxes, 0, asking);
  const serverX = REQUESTER.width + columnGap;
  const server: Item = { id: nodeId.server, ...serverSize(topology, SERVER.width) };
  placeColumn(boxes, serverX, [server]);
  const framesX = serverX + SERVER.width + columnGap;
  const sizes = topology.groups.map(({ members }) => members.length);
  const most = columnsFor(sizes, density, framesX, slope);
  const columnsOf = (members: number): number => Math.min(most, members);
  const frames = topology.groups.map(({ id, members: { length } }): Item => ({
    id,
    ...frameSize(length, columnsOf(length), density),
  }));
  frames.push(...answering(topology, outside));
  placeColumn(boxes, framesX, frames);
  for (const group of topology.groups) {
    const columns = columnsOf(group.members.length);
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
  const asking = requesterItems(requesters, outside);
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
    const memberWidth = (inner - (columns - 1) * gap) / columns;
    const { height } = frameSize(group.members.length, columns, density);
    boxes.set(group.id, { x: 0, y, width: TALL_WIDTH, height });
    placeMembers(boxes, group.id, group.members, columns, memberWidth, density);
    y += height + FRAME.gap;
  }
  for (const { id, width: across, height } of answering(topology, outside)) {
    boxes.set(id, { x: 0, y, width: across, height });
    y += height + FRAME.gap;
  }
}

interface Item extends Size {
  readonly id: string;
}

function requesterItems(requesters: readonly PeerId[], outside: Outsiders): Item[] {
  const size = requesterSize(requesters.length);
  const items: Item[] = requesters.map((id) => ({ id: nodeId.requester(id), ...size }));
  if (outside.asks) items.push({ id: nodeId.outsideAsking, ...REQUESTER_SMALL });
  if (items.length === 0) items.push({ id: nodeId.nobodyAsks, ...OUTSIDE_SIZE });
  return items;
}

/** Who answers besides the responders of the page; where nobody does at all, the place is kept and says so. */
function answering(topology: Topology, outside: Outsiders): Item[] {
  if (outside.answers) return [{ id: nodeId.outsideAnswering, ...OUTSIDE_SIZE }];
  return topology.groups.length === 0 ? [{ id: nodeId.nobodyAnswers, ...OUTSIDE_SIZE }] : [];
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

/** In how many columns members stand so that everything is shown as large as it can be. Cards have lines: one column. */
function columnsFor(groups: readonly number[], density: Density, leftOf: number, slope: number): number {
  if (density === "card") return 1;
  let best = 1;
  let least = Infinity;
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    const frames = groups.map((members) => frameSize(members, Math.min(columns, members), density));
    const width = leftOf + Math.max(0, ...frames.map((frame) => frame.width));
    const height = frames.reduce((sum, frame) => sum + frame.height + STACK_GAP, -STACK_GAP);
    const needed = Math.max(width, height / slope);
    if (needed >= least) continue;
    least = needed;
    best = columns;
  }
  return best;
}

const MOST_COLUMNS = 16;

function frameSize(members: number, columns: number, density: Density): Size {
  const { width, height, gap } = RESPONDER[density];
  const rows = Math.ceil(members / columns);
  return {
    width: Math.max(LEAST_FRAME_WIDTH, 2 * FRAME.padding + columns * (width + gap) - gap),
    height: FRAME.header + FRAME.padding + rows * (height + gap) - gap,
  };
}

/** Its heading needs so much. */
const LEAST_FRAME_WIDTH = 150;

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

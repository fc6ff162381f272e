import { nodeId, type Box, type Cast, type Plan } from "./places.ts";
import {
  nameWidth,
  OUTSIDE_SIZE,
  REQUESTER,
  REQUESTER_SMALL,
  RESPONDER,
  SERVER_WIDTH,
  STRIP,
  serverHeight,
  type Size,
} from "./measures.ts";
import { answeringOrder, askingOrder } from "./order.ts";
import { placeMembers } from "./members.ts";
import type { Topology } from "./topology.ts";

const STACK_GAP = 18;
const STRIP_GAP = 7;
/** Its heading needs so much. */
const LEAST_FRAME_WIDTH = 146;
const MOST_NAME = 216;

interface Item extends Size {
  readonly id: string;
}

/** Who asks at the left, the server in the middle, who answers at the right; each column centred on one line. */
export function placeColumns(cast: Cast, plan: Plan): ReadonlyMap<string, Box> {
  const { topology } = cast;
  const boxes = new Map<string, Box>();
  const asking = askingItems(cast, plan);
  placeColumn(boxes, 0, asking, plan.stretch);
  const serverX = Math.max(...asking.map(({ width }) => width)) + plan.gap;
  const server = {
    id: nodeId.server,
    width: serverWidth(topology),
    height: serverHeight("wide", topology.rows.length),
  };
  placeColumn(boxes, serverX, [server], 1);
  const members = memberSize(cast, plan);
  const frames = answeringItems(cast, plan, members);
  placeColumn(
    boxes,
    serverX + server.width + plan.gap,
    frames,
    plan.stretch,
    plan.frame === STRIP ? STRIP_GAP : STACK_GAP,
  );
  for (const group of topology.groups) {
    placeMembers(boxes, group, Math.min(plan.columns, group.members.length), members, plan.frame);
  }
  return boxes;
}

function askingItems({ topology, requesters, outside, letters }: Cast, { small }: Plan): Item[] {
  const width = nameWidth(letters.requester, (small ? REQUESTER_SMALL : REQUESTER).width, MOST_NAME);
  const { height } = small ? REQUESTER_SMALL : REQUESTER;
  const items = askingOrder(topology, requesters, outside).map((id) =>
    id === nodeId.outsideAsking ? { id, width, height: REQUESTER_SMALL.height } : { id, width, height },
  );
  return items.length > 0 ? items : [{ id: nodeId.nobodyAsks, ...OUTSIDE_SIZE }];
}

type Members = Size & { readonly gap: number };

function memberSize({ letters }: Cast, { density, stretch }: Plan): Members {
  const { width, height, gap } = RESPONDER[density];
  const wide = density === "tile" ? width : nameWidth(letters.responder, width, MOST_NAME);
  // Cards have lines of their own, which are easier to tell apart with air between them.
  return { width: wide, height, gap: density === "card" ? gap * stretch : gap };
}

function answeringItems({ topology, outside }: Cast, plan: Plan, members: Members): Item[] {
  const { frame } = plan;
  const groups = new Map(topology.groups.map((group) => [group.id, group]));
  const items = answeringOrder(topology, outside).map((id): Item => {
    const group = groups.get(id);
    if (!group) return { id, ...OUTSIDE_SIZE };
    const columns = Math.min(plan.columns, group.members.length);
    const rows = Math.ceil(group.members.length / columns);
    return {
      id,
      width: Math.max(
        LEAST_FRAME_WIDTH,
        frame.left + frame.right + columns * (members.width + members.gap) - members.gap,
      ),
      height: frame.top + frame.bottom + rows * (members.height + members.gap) - members.gap,
    };
  });
  // Where nobody answers at all, the place is kept and says so.
  return items.length > 0 ? items : [{ id: nodeId.nobodyAnswers, ...OUTSIDE_SIZE }];
}

/** Wide enough for its subjects, within reason. */
function serverWidth({ rows }: Topology): number {
  const words = rows.flatMap(({ subject, queues }) => [
    subject.length * 7.3,
    ...queues.map(({ name }) => name.length * 6.4 + 84),
  ]);
  return Math.round(Math.min(SERVER_WIDTH.most, Math.max(SERVER_WIDTH.least, ...words.map((px) => px + 28))));
}

/** Below each other, centred on the line on which all columns are. */
function placeColumn(
  boxes: Map<string, Box>,
  x: number,
  items: readonly Item[],
  stretch: number,
  least = STACK_GAP,
): void {
  const gap = least * stretch;
  const total = items.reduce((sum, { height }) => sum + height, 0) + (items.length - 1) * gap;
  let y = -total / 2;
  for (const { id, width, height } of items) {
    boxes.set(id, { x, y, width, height });
    y += height + gap;
  }
}

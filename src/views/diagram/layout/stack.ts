import { nodeId, type Box, type Cast, type Plan } from "./places.ts";
import { OUTSIDE_SIZE, REQUESTER_FLAT_HEIGHT, REQUESTER_SMALL, RESPONDER, serverHeight } from "./measures.ts";
import { answeringOrder, askingOrder } from "./order.ts";
import { placeMembers } from "./members.ts";

/** Everything below each other is this wide. */
const WIDTH = 330;
const LEVEL_GAP = 42;
const ITEM_GAP = 16;
const FRAME_GAP = 14;

/** Who asks above the server, who answers below it: for a narrow screen. */
export function placeStack(cast: Cast, plan: Plan): ReadonlyMap<string, Box> {
  const { topology, requesters, outside } = cast;
  const boxes = new Map<string, Box>();
  const asking = askingOrder(topology, requesters, outside);
  const abreast = asking.length > 1 ? 2 : 1;
  const width = (WIDTH - (abreast - 1) * ITEM_GAP) / abreast;
  const height = asking.length > 1 ? REQUESTER_SMALL.height : REQUESTER_FLAT_HEIGHT;
  asking.forEach((id, index) => {
    boxes.set(id, {
      x: (index % abreast) * (width + ITEM_GAP),
      y: Math.floor(index / abreast) * (height + ITEM_GAP),
      width,
      height,
    });
  });
  if (asking.length === 0) boxes.set(nodeId.nobodyAsks, { x: 0, y: 0, ...OUTSIDE_SIZE, width: WIDTH });
  let y = Math.max(...[...boxes.values()].map((box) => box.y + box.height)) + LEVEL_GAP;

  const server = serverHeight("tall", topology.rows.length);
  boxes.set(nodeId.server, { x: 0, y, width: WIDTH, height: server });
  y += server + LEVEL_GAP;

  const { frame, density } = plan;
  const inner = WIDTH - frame.left - frame.right;
  const { width: wanted, height: memberHeight, gap } = RESPONDER[density];
  const columns = density === "tile" ? Math.floor((inner + gap) / (wanted + gap)) : 2;
  const member = { width: (inner - (columns - 1) * gap) / columns, height: memberHeight, gap };
  const groups = new Map(topology.groups.map((group) => [group.id, group]));
  const answering = answeringOrder(topology, outside);
  for (const id of answering) {
    const group = groups.get(id);
    if (!group) {
      boxes.set(id, { x: 0, y, ...OUTSIDE_SIZE });
      y += OUTSIDE_SIZE.height + FRAME_GAP;
      continue;
    }
    const rows = Math.ceil(group.members.length / columns);
    const tall = frame.top + frame.bottom + rows * (memberHeight + gap) - gap;
    boxes.set(id, { x: 0, y, width: WIDTH, height: tall });
    placeMembers(boxes, group, columns, member, frame);
    y += tall + FRAME_GAP;
  }
  if (answering.length === 0) boxes.set(nodeId.nobodyAnswers, { x: 0, y, ...OUTSIDE_SIZE, width: WIDTH });
  return boxes;
}

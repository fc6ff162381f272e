import { expect, test } from "vitest";
import { nodesOf, placesOf, type Scene } from "./flow.ts";
import { layoutOf, roomFor } from "./layout.ts";
import { nodeId } from "./places.ts";
import { moveNodes } from "./moveNodes.ts";
import { topologyOf } from "./topology.ts";

const requesters = [{ id: 1, name: "client-1", subject: "a" }];
const responders = [2, 3].map((id) => ({
  id,
  name: `responder-${id}`,
  subject: "a",
  queue: "q",
  subscribed: true,
}));
const topology = topologyOf(requesters, responders);
const outside = { asks: false, answers: false };
const scene: Scene = {
  requesters,
  responders,
  topology,
  outside,
  layout: layoutOf(topology, [1], outside, roomFor(700, 420)),
};
const frame = topology.groups[0]?.id ?? "";
const still = placesOf(scene, new Map());
const place = (places: ReturnType<typeof placesOf>, id: string) => {
  const box = places.get(id);
  if (!box) return expect.fail(`${id} has no place`);
  return box;
};

test("a node stays where a person put it", () => {
  const moved = moveNodes(scene, new Map(), [
    { type: "position", id: nodeId.server, position: { x: 5, y: 7 } },
  ]);
  expect(place(placesOf(scene, moved), nodeId.server)).toMatchObject({ x: 5, y: 7 });
  expect(place(placesOf(scene, moved), nodeId.requester(1))).toEqual(place(still, nodeId.requester(1)));
});

test("a frame takes its members along", () => {
  const before = place(still, frame);
  const moved = moveNodes(scene, new Map(), [
    { type: "position", id: frame, position: { x: before.x + 30, y: before.y - 20 } },
  ]);
  const after = placesOf(scene, moved);
  expect(place(after, frame)).toEqual({ ...before, x: before.x + 30, y: before.y - 20 });
  for (const id of [2, 3].map(nodeId.responder)) {
    const was = place(still, id);
    expect(place(after, id)).toEqual({ ...was, x: was.x + 30, y: was.y - 20 });
  }
});

test("a frame grows with a member that is dragged out of it", () => {
  const member = place(still, nodeId.responder(3));
  const moved = moveNodes(scene, new Map(), [
    { type: "position", id: nodeId.responder(3), position: { x: member.x, y: member.y + 200 } },
  ]);
  expect(place(placesOf(scene, moved), frame).height).toBe(place(still, frame).height + 200);
});

test("changes that are no moves leave everything as it was", () => {
  const before = new Map();
  expect(moveNodes(scene, before, [{ type: "select", id: nodeId.server, selected: true }])).toBe(before);
});

test("frames are drawn before their members, which would lie below them otherwise", () => {
  const ids = nodesOf(scene, still).map(({ id }) => id);
  expect(ids.indexOf(frame)).toBeLessThan(ids.indexOf(nodeId.responder(2)));
});

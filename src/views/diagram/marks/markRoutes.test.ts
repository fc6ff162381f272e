import { expect, test } from "vitest";
import type { PeerId } from "../../../domain/events/events.ts";
import type { Anchor, MessageShape } from "../../../domain/schedule/flight.ts";
import { nodesOf, placesOf, type Scene } from "../layout/flow.ts";
import { SIDES, type Geometry } from "../layout/nodeGeometry.ts";
import { PORT } from "../layout/ports.ts";
import { layoutOf, roomFor, type Room } from "../layout/layout.ts";
import { nodeId, type Box } from "../layout/places.ts";
import { MarkRoutes } from "./markRoutes.ts";
import { pointAt, type Point } from "../layout/route.ts";
import { topologyOf } from "../layout/topology.ts";

const REQUESTER = 1;
const ASKED = 2;
const CALLER = 3;
const INBOX: Anchor = { kind: "inbox", peer: REQUESTER };
const SERVER: Anchor = { kind: "server" };

function sceneOf(count: number, room: Room): Scene {
  const requesters = [{ id: REQUESTER, name: "client-1", subject: "user.get" }];
  const responders = [
    { id: CALLER, name: "order-1", subject: "order", queue: null, subscribed: true },
    ...Array.from({ length: count }, (_, index) => ({
      id: index === 0 ? ASKED : 100 + index,
      name: `responder-${index}`,
      subject: "user.get",
      queue: "users",
      subscribed: true,
    })),
  ];
  const topology = topologyOf(requesters, responders);
  const outside = { asks: true, answers: true };
  return {
    requesters,
    responders,
    topology,
    outside,
    layout: layoutOf(topology, [REQUESTER], outside, room),
  };
}

/** The nodes as they are given to the canvas, where nobody moved one. */
function geometryOf(scene: Scene): Geometry {
  const nodes = new Map(nodesOf(scene, placesOf(scene, new Map())).map((node) => [node.id, node]));
  return {
    box: (id) => scene.layout.boxes.get(id) ?? null,
    port(id, name) {
      const node = nodes.get(id);
      const handle = node?.handles?.find((each) => each.id === name);
      if (!node || !handle) return null;
      const { x, y } = node.position;
      return { x: x + handle.x, y: y + handle.y, side: SIDES[handle.position] };
    },
  };
}

const near = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 1e-6;

const inside = ({ x, y }: Point, box: Box): boolean =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;

const rooms = [roomFor(700, 420), roomFor(390, 800)];

test.each([1, 10, 50])("among %i responders each leg begins where the one before ended", (responders) => {
  for (const room of rooms) {
    const scene = sceneOf(responders, room);
    const geometry = geometryOf(scene);
    const routes = new MarkRoutes(scene, geometry);
    const ends = (shape: MessageShape, from: Anchor, to: Anchor, requester: PeerId = REQUESTER) => {
      const route = routes.of({ shape, from, to }, "user.get", requester);
      if (!route) return expect.fail(`there is no way for a ${shape} from ${from.kind} to ${to.kind}`);
      return [pointAt(route, 0), pointAt(route, 1)] as const;
    };
    const requesters: Anchor[] = [
      { kind: "requester", peer: REQUESTER },
      { kind: "requester", peer: CALLER },
      { kind: "outside" },
    ];
    const inboxes: Anchor[] = [INBOX, { kind: "inbox", peer: CALLER }, { kind: "outside" }];
    const responder: Anchor = { kind: "responder", peer: ASKED };
    const place = geometry.port(nodeId.responder(ASKED), PORT.answer);
    const [, delivered] = ends("request", SERVER, responder);
    expect(place && near(delivered, place)).toBe(true);
    for (const shape of ["reply", "errorReply", "duplicate", "late"] as const) {
      const [leaves, atServer] = ends(shape, responder, SERVER);
      expect(near(leaves, delivered)).toBe(true);
      for (const inbox of inboxes) expect(near(ends(shape, SERVER, inbox)[0], atServer)).toBe(true);
    }
    const [fromRequester] = requesters;
    if (!fromRequester) return;
    const [, entered] = ends("request", fromRequester, SERVER);
    expect(near(ends("request", SERVER, responder)[0], entered)).toBe(true);
    expect(near(ends("noResponders", SERVER, INBOX)[0], entered)).toBe(true);
    for (const requester of requesters) ends("request", requester, SERVER);
    // What a handler asks comes in at the other side.
    const [, asked] = ends("request", { kind: "requester", peer: CALLER }, SERVER, CALLER);
    expect(near(ends("request", SERVER, responder, CALLER)[0], asked)).toBe(true);
    expect(near(ends("noResponders", SERVER, { kind: "inbox", peer: CALLER }, CALLER)[0], asked)).toBe(true);
  }
});

test.each([12, 40])("among %i responders the way to one crosses none of the others", (responders) => {
  for (const room of rooms) {
    const scene = sceneOf(responders, room);
    const geometry = geometryOf(scene);
    const routes = new MarkRoutes(scene, geometry);
    const peers = scene.responders.filter(({ subject }) => subject === "user.get").map(({ id }) => id);
    for (const peer of peers) {
      const route = routes.of(
        { shape: "request", from: SERVER, to: { kind: "responder", peer } },
        "user.get",
        REQUESTER,
      );
      if (!route) return expect.fail(`there is no way to ${peer}`);
      const way = Array.from({ length: 200 }, (_, step) => pointAt(route, step / 199));
      const crossed = peers.filter((other) => {
        const box = geometry.box(nodeId.responder(other));
        return other !== peer && box !== null && way.some((point) => inside(point, box));
      });
      expect(crossed, `crossed on the way to ${peer}`).toEqual([]);
    }
  }
});

test("what travels to or from somebody who is not on the diagram has no way", () => {
  const scene = sceneOf(1, roomFor(700, 420));
  const routes = new MarkRoutes(scene, geometryOf(scene));
  const gone: Anchor = { kind: "responder", peer: 999 };
  expect(routes.of({ shape: "request", from: SERVER, to: gone }, "user.get", REQUESTER)).toBeNull();
  expect(
    routes.of(
      { shape: "request", from: { kind: "requester", peer: REQUESTER }, to: SERVER },
      "never.seen",
      REQUESTER,
    ),
  ).toBeNull();
});

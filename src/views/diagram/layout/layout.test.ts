import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_WAY, wayOf } from "./chosenWay.ts";
import { freeRoom, zoomFor } from "./fit.ts";
import { edgesOf, nodesOf, placesOf, type Scene } from "./flow.ts";
import { layoutOf, roomFor, type Layout } from "./layout.ts";
import { boundsOf, nodeId, type Box } from "./places.ts";
import { topologyOf, type Topology } from "./topology.ts";

interface DiagramPeers {
  readonly topology: Topology;
  readonly requesters: readonly number[];
}

function peersOf(count: number, groups: readonly { queue: string | null; members: number }[]): DiagramPeers {
  let id = 0;
  const requesters = Array.from({ length: count }, () => ({
    id: ++id,
    name: `client-${id}`,
    subject: "s0",
  }));
  const responders = groups.flatMap(({ queue, members }, index) =>
    Array.from({ length: members }, () => ({
      id: ++id,
      name: `responder-${id}`,
      subject: `s${index}`,
      queue,
      subscribed: true,
    })),
  );
  return { topology: topologyOf(requesters, responders), requesters: requesters.map((each) => each.id) };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
  inner.y + inner.height <= outer.y + outer.height + 1e-6;

/** Fails unless nothing overlaps and every member lies in its frame, below its heading. */
function expectSound({ topology }: DiagramPeers, { boxes }: Layout): void {
  const members = new Set(topology.groups.flatMap((group) => group.members.map(nodeId.responder)));
  const separate = [...boxes].filter(([id]) => !members.has(id));
  for (const [a, boxA] of separate) {
    for (const [b, boxB] of separate) {
      if (a < b && overlap(boxA, boxB)) expect.fail(`${a} overlaps ${b}`);
    }
  }
  for (const group of topology.groups) {
    const frame = boxes.get(group.id);
    const inner = group.members.map((id) => boxes.get(nodeId.responder(id)));
    for (const [index, box] of inner.entries()) {
      if (!frame || !box) return expect.fail(`a member of ${group.id} has no place`);
      expect(inside(box, frame), `member ${index} lies in ${group.id}`).toBe(true);
      for (const other of inner.slice(index + 1)) {
        if (other && overlap(box, other)) expect.fail(`two members of ${group.id} overlap`);
      }
    }
  }
}

const ROOMS = { screen: roomFor(700, 420), wide: roomFor(1600, 700), phone: roomFor(390, 800) };

test.each([1, 3, 10, 50])("%i responders in one queue group have room on every screen", (members) => {
  const peers = peersOf(1, [{ queue: "users", members }]);
  for (const room of Object.values(ROOMS)) {
    expectSound(peers, layoutOf(peers.topology, peers.requesters, { asks: true, answers: true }, room));
  }
});

test("whoever takes part, nothing overlaps and everybody has a place", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.record({ queue: fc.constantFrom("q", null), members: fc.integer({ min: 1, max: 60 }) }), {
        maxLength: 6,
      }),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 300, max: 2500 }),
      fc.integer({ min: 200, max: 1600 }),
      (requesters, groups, asks, answers, width, height) => {
        const peers = peersOf(requesters, groups);
        const layout = layoutOf(peers.topology, peers.requesters, { asks, answers }, roomFor(width, height));
        expectSound(peers, layout);
        for (const id of peers.requesters) expect(layout.boxes.has(nodeId.requester(id))).toBe(true);
        expect(layout.boxes.has(nodeId.outsideAsking)).toBe(asks);
        expect(layout.boxes.has(nodeId.outsideAnswering)).toBe(answers);
      },
    ),
  );
});

test("fifty responders are laid out in the proportions of the screen", () => {
  const peers = peersOf(1, [{ queue: "users", members: 50 }]);
  const nobody = { asks: false, answers: false };
  const flat = boundsOf(
    layoutOf(peers.topology, peers.requesters, nobody, roomFor(1200, 400)).boxes.values(),
  );
  const square = boundsOf(
    layoutOf(peers.topology, peers.requesters, nobody, roomFor(1200, 1100)).boxes.values(),
  );
  expect(flat.width / flat.height).toBeGreaterThan(square.width / square.height);
  expect(Math.max(flat.width / 1200, flat.height / 400)).toBeLessThan(1);
});

test("the place of whoever is missing is kept", () => {
  const peers = peersOf(0, []);
  const { boxes } = layoutOf(peers.topology, [], { asks: false, answers: false }, ROOMS.screen);
  expect([...boxes.keys()]).toEqual([nodeId.nobodyAsks, nodeId.server, nodeId.nobodyAnswers]);
});

test("on a phone everything stands above each other, on a screen beside each other", () => {
  const peers = peersOf(1, [{ queue: "users", members: 1 }]);
  const nobody = { asks: false, answers: false };
  const directionIn = (width: number, height: number) =>
    layoutOf(peers.topology, peers.requesters, nobody, roomFor(width, height)).direction;
  expect(directionIn(390, 420)).toBe("tall");
  expect(directionIn(540, 380)).toBe("wide");
  expect(directionIn(680, 480)).toBe("wide");
  expect(directionIn(1900, 900)).toBe("wide");
});

test.each([1, 3, 10, 30, 50])(
  "%i responders fill the width or the height of the room there is",
  (members) => {
    const peers = peersOf(1, [{ queue: "users", members }]);
    for (const [width, height] of [
      [752, 480],
      [1280, 600],
      [1900, 900],
      [390, 420],
    ] as const) {
      const room = roomFor(width, height);
      const { boxes } = layoutOf(peers.topology, peers.requesters, { asks: false, answers: false }, room);
      const bounds = boundsOf(boxes.values());
      const zoom = zoomFor(bounds, room);
      const free = freeRoom(room);
      expect(bounds.width * zoom).toBeLessThanOrEqual(free.width + 1e-6);
      expect(bounds.height * zoom).toBeLessThanOrEqual(free.height + 1e-6);
      const filled = Math.max((bounds.width * zoom) / free.width, (bounds.height * zoom) / free.height);
      expect(filled, `${width} × ${height}`).toBeGreaterThan(0.95);
    }
  },
);

/** All lines: on which side of the server they are, and how far down their ends lie. */
function linesOf(scene: Scene) {
  const nodes = new Map(nodesOf(scene, placesOf(scene, new Map())).map((node) => [node.id, node]));
  const end = (id: string, port: string | null | undefined): number => {
    const node = nodes.get(id);
    return (node?.position.y ?? 0) + (node?.handles?.find((each) => each.id === port)?.y ?? NaN);
  };
  return edgesOf(scene, new Set()).map(({ source, sourceHandle, target, targetHandle }) => {
    const [from, to] = [end(source, sourceHandle), end(target, targetHandle)];
    const left = targetHandle !== "answer";
    return source === nodeId.server ? { left, atServer: from, away: to } : { left, atServer: to, away: from };
  });
}

test("where all is small, names stay in full while little is lost by it, and not while much is", () => {
  const density = (members: number): string => {
    const peers = peersOf(1, [{ queue: "users", members }]);
    return layoutOf(peers.topology, peers.requesters, { asks: false, answers: false }, roomFor(390, 300))
      .density;
  };
  expect(density(2)).toBe("card");
  expect(density(50)).toBe("tile");
  expect(density(12)).toBe("tile");
});

test("lines cross nowhere, whoever asks whom, in however many queue groups", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 }),
      fc.array(
        fc.record({
          subject: fc.integer({ min: 0, max: 5 }),
          queue: fc.constantFrom("a", "b", null),
          members: fc.integer({ min: 1, max: 4 }),
        }),
        { maxLength: 12 },
      ),
      fc.boolean(),
      (asked, groups, asks) => {
        let id = 0;
        const requesters = asked.map((subject) => ({
          id: ++id,
          name: `client-${id}`,
          subject: `s${subject}`,
        }));
        const responders = groups.flatMap(({ subject, queue, members }) =>
          Array.from({ length: members }, () => {
            const number = ++id;
            return { id: number, name: `r-${number}`, subject: `s${subject}`, queue, subscribed: true };
          }),
        );
        const topology = topologyOf(requesters, responders);
        const outside = { asks, answers: false };
        const ids = requesters.map((each) => each.id);
        const layout = layoutOf(topology, ids, outside, roomFor(1280, 700));
        const lines = linesOf({ topology, requesters, responders, outside, layout });
        for (const [index, one] of lines.entries()) {
          for (const other of lines.slice(index + 1)) {
            if (one.left !== other.left) continue;
            const crossed = (one.atServer - other.atServer) * (one.away - other.away);
            expect(crossed, JSON.stringify([one, other])).toBeGreaterThanOrEqual(0);
          }
        }
      },
    ),
  );
});

test("long names get wider nodes, within reason", () => {
  const peers = peersOf(1, [{ queue: "users", members: 2 }]);
  const nobody = { asks: false, answers: false };
  const widths = [8, 20, 60].map((letters) => {
    const layout = layoutOf(peers.topology, peers.requesters, nobody, ROOMS.wide, {
      requester: letters,
      responder: letters,
    });
    expectSound(peers, layout);
    return layout.boxes.get(nodeId.requester(1))?.width ?? 0;
  });
  expect(widths[1]).toBeGreaterThan(widths[0] ?? Infinity);
  expect(widths[2]).toBeLessThan(240);
});

test("the way of an exchange is its requester's lines, its row and those of who got it", () => {
  const { topology, requesters: ids } = peersOf(1, [
    { queue: "a", members: 2 },
    { queue: "b", members: 1 },
  ]);
  const outside = { asks: false, answers: false };
  const scene: Scene = {
    topology,
    outside,
    requesters: [],
    responders: [],
    layout: layoutOf(topology, ids, outside, ROOMS.wide),
  };
  const way = wayOf(scene, { requester: 1, subject: "s0", responders: [3] });
  expect(way.row).toBe(0);
  expect([...way.lanes]).toContain("server/exit:0>responder:3/answer");
  expect([...way.lanes]).not.toContain("server/exit:0>responder:2/answer");
  expect([...way.lanes]).toContain("requester:1/out>server/entry:0");
  expect(wayOf(scene, { requester: 1, subject: "gone", responders: [] })).toBe(NO_WAY);
});

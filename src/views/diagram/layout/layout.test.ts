import fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, layoutOf, nodeId, roomFor, type Box, type Layout } from "./layout.ts";
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

test("only a diagram that is narrow and higher than wide stands on end", () => {
  expect(roomFor(390, 700).direction).toBe("tall");
  expect(roomFor(540, 380).direction).toBe("wide");
  expect(roomFor(900, 1400).direction).toBe("wide");
});

import fc from "fast-check";
import mermaid from "mermaid";
import { describe, expect, test } from "vitest";
import type { Arrival, Delivery, Exchange } from "../events/exchange.ts";
import { arrivalWith, deliveryWith, exchangeWith, payloadOf } from "../events/testingExchange.ts";
import { mermaidOf } from "./mermaid.ts";
import { sequenceOf } from "./sequence.ts";

const payload = payloadOf(2);

const exchange = (parts: Partial<Exchange>): Exchange =>
  exchangeWith({ request: payload, attemptedAt: 100, sentAt: 101, ...parts });

const delivery = (parts: Partial<Delivery>): Delivery =>
  deliveryWith({
    deliveredAt: 103,
    handlingAt: 104,
    handledAt: 108,
    result: "replied",
    answeredAt: 108,
    answer: payload,
    ...parts,
  });

const arrival = (parts: Partial<Arrival>): Arrival =>
  arrivalWith({ arrivedAt: 110, message: payload, ...parts });

const names = (peer: number): string => `peer-${peer}`;
const arrowsOf = (exchanges: readonly Exchange[]) => {
  const sequence = sequenceOf(exchanges);
  return sequence?.arrows.map(({ shape, from, to }) => {
    const ends = [from, to].map((at) => sequence.lifelines[at]?.kind ?? "?");
    return `${shape} ${ends.join(" ")}`;
  });
};

const replied = exchange({
  deliveries: [delivery({})],
  arrivals: [arrival({})],
  settledAt: 111,
  outcome: "replied",
});

describe("the sequence of a story", () => {
  test("goes from the requester over the server to the responder, and back into the inbox", () => {
    const sequence = sequenceOf([replied]);
    expect(sequence?.lifelines.map(({ kind }) => kind)).toEqual([
      "requester",
      "inbox",
      "server",
      "responder",
    ]);
    expect(arrowsOf([replied])).toEqual([
      "request requester server",
      "request server responder",
      "reply responder server",
      "reply server inbox",
    ]);
    expect(sequence?.arrows.map(({ frame }) => frame?.kind)).toEqual([
      "sent",
      "delivered",
      "answered",
      "arrived",
    ]);
    const spans = sequence?.bars.map((bar) => [
      bar.kind,
      Math.round(bar.startMs),
      Math.round(bar.endMs ?? -1),
    ]);
    expect(spans).toEqual([
      ["asking", 0, 11],
      ["queued", 3, 4],
      ["handler", 4, 8],
    ]);
    expect(sequence?.notes.map(({ what }) => what)).toEqual([{ kind: "outcome", outcome: "replied" }]);
  });

  test("shows what nobody takes: a duplicate, a late reply, and one that the server has nobody for", () => {
    const twice = exchange({
      deliveries: [delivery({}), delivery({ peer: 3, answeredAt: 109 })],
      arrivals: [arrival({}), arrival({ from: 3, verdict: "duplicate", arrivedAt: 112 })],
      settledAt: 111,
      outcome: "replied",
    });
    expect(arrowsOf([twice])).toContain("duplicate server inbox");
    const alone = exchange({
      reply: "_INBOX.a",
      deliveries: [delivery({ answeredAt: 400, handledAt: 400 })],
      settledAt: 350,
      outcome: "timedOut",
    });
    expect(arrowsOf([alone])?.at(-1)).toBe("late responder server");
    expect(sequenceOf([alone])?.notes.map(({ what }) => what.kind)).toEqual(["outcome", "dropped"]);
  });

  test("tells a 503 as the server's own answer, and a program elsewhere as one place", () => {
    const nobody = exchange({ arrivals: [arrival({ from: null, verdict: "noResponders" })] });
    expect(arrowsOf([nobody])).toEqual(["request requester server", "noResponders server inbox"]);
    expect(arrowsOf([exchange({ arrivals: [arrival({ from: 0 })] })])).toEqual([
      "request requester server",
      "request server outside",
      "reply outside server",
      "reply server inbox",
    ]);
  });

  test("lets a responder that asks in turn get its replies itself", () => {
    const inner = exchange({
      seq: 2,
      key: 2,
      parent: 1,
      call: null,
      requester: 2,
      attemptedAt: 105,
      sentAt: 105,
      deliveries: [delivery({ peer: 4, deliveredAt: 106, handlingAt: 106, handledAt: 107, answeredAt: 107 })],
      arrivals: [arrival({ from: 4, arrivedAt: 107.5 })],
    });
    const lines = sequenceOf([replied, inner])?.lifelines.map(({ kind, peer }) => `${kind} ${peer}`);
    expect(lines).toEqual(["requester 1", "inbox 1", "server null", "responder 2", "responder 4"]);
  });
});

const time = fc.option(fc.integer({ min: 0, max: 500 }), { nil: null });
const anyDelivery = fc
  .record({
    peer: fc.integer({ min: 2, max: 5 }),
    deliveredAt: fc.integer({ min: 0, max: 500 }),
    handlingAt: time,
    handledAt: time,
    answeredAt: time,
  })
  .map(delivery);
const anyArrival = fc
  .record({
    arrivedAt: fc.integer({ min: 0, max: 500 }),
    from: fc.constantFrom(null, 0, 2, 3),
    verdict: fc.constantFrom("taken", "late", "duplicate", "noResponders"),
  })
  .map((parts) => arrival(parts as Partial<Arrival>)); // fast-check widens the words
const anyExchange = fc
  .record({
    seq: fc.integer({ min: 1, max: 9 }),
    requester: fc.constantFrom(null, 1, 2),
    subject: fc.string({ unit: "binary" }),
    reply: fc.string({ unit: "grapheme" }),
    attemptedAt: time,
    sentAt: time,
    settledAt: time,
    deliveries: fc.array(anyDelivery, { maxLength: 3 }),
    arrivals: fc.array(anyArrival, { maxLength: 3 }),
  })
  .map(exchange);

test("whatever the clocks say: no arrow and no bar ends before it begins, and every place exists", () => {
  fc.assert(
    fc.property(fc.array(anyExchange, { maxLength: 4 }), (exchanges) => {
      const sequence = sequenceOf(exchanges);
      for (const { startMs, endMs, from, to } of sequence?.arrows ?? []) {
        expect(startMs).toBeGreaterThanOrEqual(0);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(endMs).toBeLessThanOrEqual(sequence?.lastMs ?? 0);
        expect(sequence?.lifelines[from]).toBeDefined();
        expect(sequence?.lifelines[to]).toBeDefined();
      }
      for (const { startMs, endMs } of sequence?.bars ?? [])
        expect(endMs ?? Infinity).toBeGreaterThanOrEqual(startMs);
    }),
  );
});

describe("as Mermaid", () => {
  test("reads well", () => {
    const sequence = sequenceOf([replied]);
    expect(sequence && mermaidOf(sequence, names)).toBe(`sequenceDiagram
    autonumber
    participant p0 as peer-1
    participant p1 as inbox of peer-1
    participant p2 as nats-server
    participant p3 as peer-2
    p0->>p2: request user.get, 2 B, at 1 ms
    p2->>p3: request user.get, 2 B, at 2 ms
    Note over p3: waiting behind others 1 ms
    Note over p3: handler 4 ms
    p3-->>p2: reply _INBOX.a.b, 2 B, at 8 ms
    p2-->>p1: reply _INBOX.a.b, 2 B, at 9 ms
    Note over p0: replied at 11 ms
`);
  });

  test(
    "says the same to Mermaid's own parser, whatever names and subjects hold",
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyExchange, { minLength: 1, maxLength: 3 }),
          fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE)), {
            minLength: 6,
            maxLength: 6,
          }),
          async (exchanges, called) => {
            const sequence = sequenceOf(exchanges);
            if (!sequence) return;
            const text = mermaidOf(sequence, (peer) => called[peer] ?? "");
            const { actors, messages } = await readMermaid(text);
            expect(actors).toBe(sequence.lifelines.length);
            expect(messages).toBe(sequence.arrows.length);
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});

const HOSTILE = [
  "end",
  "p0->>p1: no",
  "a; b",
  "x\nparticipant y",
  "%%{init: {}}%%",
  "<img src=x onerror=alert(1)>",
  "#59;",
  "note over p0: hi",
  "loop",
  "as",
  "autonumber off",
  "{json: [1]}",
  '"',
  ":",
  "",
];

/** How many participants and messages Mermaid's own parser finds in a sequence diagram. Throws where it finds none. */
async function readMermaid(text: string): Promise<{ actors: number; messages: number }> {
  await mermaid.parse(text); // This also makes the kinds of diagrams known.
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { getActors, getMessages } = db as unknown as SequenceDb; // Mermaid types what all kinds of diagrams share
  const arrows = getMessages
    .call(db)
    .filter(({ from, to }) => from !== undefined && to !== undefined && from !== "");
  return {
    actors: getActors.call(db).size,
    messages: arrows.filter(({ placement }) => placement === undefined).length,
  };
}

interface SequenceDb {
  getActors(): Map<string, unknown>;
  getMessages(): { readonly from?: string; readonly to?: string; readonly placement?: unknown }[];
}

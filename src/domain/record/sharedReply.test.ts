import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "../base/utf8.ts";
import { HANDLER_RESULTS, type PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { exchangeRange, readExchange, summariseExchange } from "../exchanges/readExchange.ts";
import { createRecord } from "./createRecord.ts";
import { fold, foldState } from "./fold.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import type { TrafficRecord } from "./trafficRecord.ts";

const REPLY = "_INBOX.once.and.again";
const [ONE, OTHER, THIRD] = [11, 12, 13];

const delivered = (payload: string, at: number, sid = 1): WrittenEvent => ({
  kind: "delivered",
  at,
  reply: REPLY,
  subject: "user.get",
  code: sid,
  payload,
});
const answered = (payload: string, at: number): WrittenEvent[] => [
  { kind: "handling", at, reply: REPLY },
  { kind: "handled", at, reply: REPLY, code: HANDLER_RESULTS.indexOf("replied") },
  { kind: "answered", at, reply: REPLY, payload },
];
const subscribed = (queue: string, sid = 1): WrittenEvent => ({
  kind: "subscribed",
  at: 1,
  subject: "user.get",
  queue,
  code: sid,
});

function recordOf(...told: readonly (readonly [PeerId, ...WrittenEvent[]])[]): TrafficRecord {
  const record = createRecord({ events: 4096, exchanges: 64, textBytes: 1 << 18 });
  for (const [peer, ...events] of told) fold(record, batchOf(events), peer, 0);
  return record;
}

function exchangesOf(record: TrafficRecord): Exchange[] {
  const { first, last } = exchangeRange(record);
  return Array.from({ length: last - first + 1 }, (_, place) => readExchange(record, first + place)).filter(
    (each) => each !== undefined,
  );
}

/** Each request's payload, who got it, and what they answered. */
const read = (record: TrafficRecord) =>
  exchangesOf(record).map(({ request, deliveries }) => [
    decodeUtf8(request?.bytes ?? new Uint8Array(0)),
    ...deliveries.map(({ peer, answer }) => [peer, answer && decodeUtf8(answer.bytes)]),
  ]);

describe("requests with one reply subject", () => {
  it("are two where one subscription gets two messages, each with its own payload and answer", () => {
    const record = recordOf([
      ONE,
      delivered("first", 10),
      delivered("second", 11),
      ...answered("to the first", 12),
      ...answered("to the second", 13),
    ]);
    expect(read(record)).toEqual([
      ["first", [ONE, "to the first"]],
      ["second", [ONE, "to the second"]],
    ]);
  });

  it("are one where several subscriptions get the same message, in whatever order they tell", () => {
    const record = recordOf(
      [ONE, delivered("first", 10), delivered("second", 20), ...answered("a", 21), ...answered("b", 22)],
      [OTHER, delivered("first", 10), delivered("first", 10, 2)],
      [OTHER, delivered("second", 20), delivered("second", 20, 2), ...answered("c", 21)],
    );
    expect(read(record)).toEqual([
      ["first", [ONE, "a"], [OTHER, "c"], [OTHER, null]],
      ["second", [ONE, "b"], [OTHER, null], [OTHER, null]],
    ]);
  });

  it("are two where two members of one queue group get the same bytes: the server gives a message to one of them", () => {
    const record = recordOf(
      [ONE, subscribed("users"), delivered("same", 10)],
      [OTHER, subscribed("users"), delivered("same", 11)],
      [THIRD, subscribed("others"), delivered("same", 10), delivered("same", 11)],
    );
    expect(read(record)).toEqual([
      ["same", [ONE, null], [THIRD, null]],
      ["same", [OTHER, null], [THIRD, null]],
    ]);
  });

  it("are two where a subscription that missed the first one gets another message", () => {
    const record = recordOf([ONE, delivered("first", 10)], [OTHER, delivered("second", 20)]);
    expect(read(record)).toEqual([
      ["first", [ONE, null]],
      ["second", [OTHER, null]],
    ]);
  });

  it("have no answer where none was published for them: it goes to the next", () => {
    const dropped: WrittenEvent[] = [
      { kind: "handling", at: 12, reply: REPLY },
      { kind: "handled", at: 13, reply: REPLY, code: HANDLER_RESULTS.indexOf("dropped") },
    ];
    const record = recordOf([
      ONE,
      delivered("first", 10),
      delivered("second", 11),
      ...dropped,
      ...answered("yes", 14),
    ]);
    expect(read(record)).toEqual([
      ["first", [ONE, null]],
      ["second", [ONE, "yes"]],
    ]);
  });

  it("are aborted where their responder ends, and what it gets later is another's", () => {
    const record = recordOf([ONE, delivered("first", 10), delivered("second", 11), ...answered("yes", 12)]);
    foldState(record, ONE, "killed", 20, null);
    fold(record, batchOf([delivered("third", 30), ...answered("again", 31)]), ONE, 0);
    expect(read(record)).toEqual([
      ["first", [ONE, "yes"]],
      ["second", [ONE, null]],
      ["third", [ONE, "again"]],
    ]);
    expect([1, 2, 3].map((seq) => summariseExchange(record, seq)?.inHand)).toEqual([0, 0, 0]);
  });

  it("are as many as were published, each given to those that got it, whoever tells first", () => {
    const published = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(published, fc.array(fc.nat(2), { maxLength: 40 }), (payloads, turns) => {
        const record = createRecord({ events: 4096, exchanges: 64, textBytes: 1 << 18 });
        const waiting = [ONE, OTHER, THIRD].map((peer) =>
          payloads.map((payload, n): [PeerId, WrittenEvent] => [peer, delivered(payload, 10 + n)]),
        );
        const next = (of: number): void => {
          const told = waiting[of]?.shift();
          if (told) fold(record, batchOf([told[1]]), told[0], 0);
        };
        for (const turn of turns) next(turn);
        for (let of = 0; of < 3; of++) while (waiting[of]?.length) next(of);
        const got = exchangesOf(record).map(({ request, deliveries }) => [
          decodeUtf8(request?.bytes ?? new Uint8Array(0)),
          deliveries.map(({ peer }) => peer).toSorted((a, b) => a - b),
        ]);
        expect(got).toEqual(payloads.map((payload) => [payload, [ONE, OTHER, THIRD]]));
      }),
      { numRuns: 300 },
    );
  });
});

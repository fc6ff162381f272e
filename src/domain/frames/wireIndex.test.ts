import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FLAG, type EventKind } from "../events/events.ts";
import { fold } from "../record/fold.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { createWireIndex, type WireFilter, type WireIndex } from "./wireIndex.ts";
import { framesOf, frameText, readFrame } from "./wireLines.ts";
import { clear, createRecord } from "../record/createRecord.ts";

const ANY: WireFilter = { peer: null, direction: null, verbs: new Set(), exchange: null, text: "" };

const smallRecord = (): TrafficRecord => createRecord({ events: 64, exchanges: 16, textBytes: 4096 });

const all = (index: WireIndex): number[] =>
  Array.from({ length: index.count }, (_, place) => index.at(place) ?? -1);

const lines = (record: TrafficRecord, filter: Partial<WireFilter> = {}): string[] => {
  const index = createWireIndex(record, { ...ANY, ...filter });
  index.advance(Infinity);
  return all(index).map((number) => {
    const frame = readFrame(record, number);
    return frame ? `${frame.peer} ${frameText(frame)}` : "not a frame";
  });
};

/** A request and its reply; the responder's events reach the page before the requester's. */
function roundTrip(): TrafficRecord {
  const record = smallRecord();
  const reply = "_INBOX.a.b";
  const out = FLAG.outgoing;
  fold(
    record,
    batchOf([
      { kind: "delivered", at: 2, reply, subject: "user.get", code: 1, payload: '{"id":1}' },
      { kind: "handling", at: 2.1, reply, code: 1 },
      { kind: "answered", at: 3, reply, flags: out, payload: '{"name":"Ada"}' },
    ]),
    2,
    0,
  );
  fold(
    record,
    batchOf([
      { kind: "subscribed", at: 0, subject: "_INBOX.a.*", code: 1, flags: out },
      { kind: "attempted", at: 1, reply, subject: "user.get", code: 2000 },
      { kind: "sent", at: 1, reply, subject: "user.get", flags: out, payload: '{"id":1}' },
      { kind: "arrived", at: 4, reply, link: 1, payload: '{"name":"Ada"}' },
    ]),
    1,
    0,
  );
  return record;
}

/** The frames of one request as they are listed, from the first on, when clocks of workers differ by `skew` ms. */
function listedWith(skew: number, responderFirst: boolean): string[] {
  const record = smallRecord();
  const reply = "_INBOX.a.b";
  const index = createWireIndex(record, ANY);
  const asked: WrittenEvent[] = [
    { kind: "attempted", at: 1, reply, subject: "s", code: 2000 },
    { kind: "sent", at: 1, reply, subject: "s", payload: "?" },
  ];
  const handled: WrittenEvent[] = [
    { kind: "delivered", at: 1.05 + skew, reply, subject: "s", payload: "?" },
    { kind: "handling", at: 1.05 + skew, reply },
    { kind: "handled", at: 1.1 + skew, reply },
    { kind: "answered", at: 1.1 + skew, reply, payload: "!" },
  ];
  const ended: WrittenEvent[] = [{ kind: "arrived", at: 1.15, reply, payload: "!" }];
  const told: readonly [WrittenEvent[], number][] = responderFirst
    ? [
        [handled, 2],
        [[...asked, ...ended], 1],
      ]
    : [
        [[...asked, ...ended], 1],
        [handled, 2],
      ];
  for (const [events, peer] of told) {
    fold(record, batchOf(events), peer, 0);
    index.advance(10);
  }
  return all(index)
    .toReversed()
    .map((number) => readFrame(record, number)?.kind ?? "");
}

test.each([-0.3, -0.1, 0, 0.1, 0.3])(
  "no frame is listed before its cause with clocks %s ms apart",
  (skew) => {
    const crossed = ["sent", "delivered", "answered", "arrived"];
    expect(listedWith(skew, true)).toEqual(crossed);
    expect(listedWith(skew, false)).toEqual(crossed);
  },
);

describe("the frames of a record", () => {
  test("stand in the order in which they crossed, the latest first", () => {
    expect(lines(roundTrip())).toEqual([
      "1 MSG _INBOX.a.b 1 14",
      "2 PUB _INBOX.a.b 14",
      "2 MSG user.get 1 _INBOX.a.b 8",
      "1 PUB user.get _INBOX.a.b 8",
      "1 SUB _INBOX.a.* 1",
    ]);
  });

  test("of an exchange are told from the first on", () => {
    const record = roundTrip();
    expect(framesOf(record, 1).map((number) => readFrame(record, number)?.kind)).toEqual([
      "sent",
      "delivered",
      "answered",
      "arrived",
    ]);
    expect(framesOf(record, 2)).toEqual([]);
  });

  test("are found by connection, direction, verb, exchange, and what they say", () => {
    const record = roundTrip();
    expect(lines(record, { peer: 2 })).toHaveLength(2);
    expect(lines(record, { direction: "in" })).toEqual([
      "1 MSG _INBOX.a.b 1 14",
      "2 MSG user.get 1 _INBOX.a.b 8",
    ]);
    expect(lines(record, { verbs: new Set(["SUB", "UNSUB"]) })).toEqual(["1 SUB _INBOX.a.* 1"]);
    expect(lines(record, { exchange: 1 })).toHaveLength(4);
    expect(lines(record, { text: " USER.get " })).toHaveLength(2);
    expect(lines(record, { text: "ada" })).toHaveLength(2);
    expect(lines(record, { text: "_INBOX.a.b 14" })).toEqual(["2 PUB _INBOX.a.b 14"]);
    expect(lines(record, { text: "nobody" })).toEqual([]);
  });

  test("go when the record is emptied, and new ones come", () => {
    const record = roundTrip();
    const index = createWireIndex(record, ANY);
    index.advance(100);
    clear(record);
    index.advance(100);
    expect(index.count).toBe(0);
    fold(record, batchOf([{ kind: "ping", at: 9 }]), 1, 0);
    index.advance(100);
    expect(all(index)).toHaveLength(1);
  });

  test("are looked at in steps", () => {
    const record = smallRecord();
    fold(
      record,
      batchOf(Array.from({ length: 50 }, (_, index) => ({ kind: "ping", at: index }) as const)),
      1,
      0,
    );
    const index = createWireIndex(record, ANY);
    expect(index.advance(20)).toBe(false);
    expect(all(index)).toEqual(Array.from({ length: 20 }, (_, index) => 50 - index));
    expect(index.advance(20)).toBe(false);
    expect(index.advance(20)).toBe(true);
    expect(index.count).toBe(50);
  });
});

test("an index kept up to date in steps is the one made anew, also while events are evicted", () => {
  const kind = fc.constantFrom<EventKind>("ping", "pong", "called", "message");
  const event: fc.Arbitrary<WrittenEvent> = fc
    .record({ kind, late: fc.integer({ min: 0, max: 20 }) })
    .map(({ kind, late }) => ({ kind, at: -late }));
  const step = fc.record({
    peer: fc.integer({ min: 1, max: 3 }),
    events: fc.array(event, { maxLength: 100 }),
    budget: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(null, 1), (steps, peer) => {
      const record = smallRecord();
      const filter: WireFilter = { ...ANY, peer, verbs: new Set(["PING", "MSG"]) };
      const index = createWireIndex(record, filter);
      let now = 100;
      for (const { peer, events, budget } of steps) {
        const told = events.map((each) => ({ ...each, at: now++ + each.at }));
        fold(record, batchOf(told), peer, 0);
        index.advance(budget);
      }
      index.advance(Infinity);
      const anew = createWireIndex(record, filter);
      anew.advance(Infinity);
      expect(all(index)).toEqual(all(anew));
      const times = all(index).map((number) => readFrame(record, number)?.at ?? NaN);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(all(index).map((number) => index.newerThan(number))).toEqual([...all(index).keys()]);
    }),
  );
});

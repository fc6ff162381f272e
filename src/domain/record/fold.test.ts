import { describe, expect, test } from "vitest";
import { readCounters } from "./counters.ts";
import { FLAG, HANDLER_RESULTS, type PeerId } from "../events/events.ts";
import { exchangeRevision } from "../exchanges/exchangeRevision.ts";
import { fold, foldState } from "./fold.ts";
import { type Outcome, outcomeCode } from "../events/outcomes.ts";
import { exchangeRange, findExchange, openExchanges, summariseExchange } from "../exchanges/readExchange.ts";
import type { RecordLimits, TrafficRecord } from "./trafficRecord.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { readPeerCounters } from "./peerCounters.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import { decodeUtf8 } from "../base/utf8.ts";
import { clear, createRecord } from "./createRecord.ts";

const ASKER: PeerId = 1;
const ANSWERER: PeerId = 2;
const OTHER: PeerId = 3;
const REPLY = "_INBOX.a.b";
const KEY = replyKeyOf(REPLY);

type Told = readonly [PeerId, WrittenEvent];

function recordOf(told: readonly Told[], limits: Partial<RecordLimits> = {}): TrafficRecord {
  const record = createRecord({ events: 128, exchanges: 16, textBytes: 4096, ...limits });
  foldAll(record, told);
  return record;
}

function foldAll(record: TrafficRecord, told: readonly Told[]): void {
  for (const [peer, event] of told) fold(record, batchOf([event]), peer, 0);
}

const about = (reply: string) => ({ reply, subject: "user.get" });

const asked = (reply = REPLY, at = 1000): Told[] => [
  [ASKER, { kind: "called", at, link: replyKeyOf(reply) }],
  [ASKER, { kind: "attempted", at, link: replyKeyOf(reply), code: 2000, ...about(reply) }],
  [ASKER, { kind: "sent", at: at + 1, payload: "ask", ...about(reply) }],
];

const delivered = (peer = ANSWERER, at = 1002, reply = REPLY): Told => [
  peer,
  { kind: "delivered", at, payload: "ask", ...about(reply) },
];

const answered = (peer = ANSWERER, at = 1003, payload = "yes", reply = REPLY): Told[] => [
  [peer, { kind: "handling", at: at - 0.5, reply }],
  [peer, { kind: "handled", at, reply, code: HANDLER_RESULTS.indexOf("replied") }],
  [peer, { kind: "answered", at, reply, payload }],
];

const arrived = (at = 1004, payload = "yes", reply = REPLY): Told => [
  ASKER,
  { kind: "arrived", at, reply, payload },
];

const settled = (outcome: Outcome, at = 1005, reply = REPLY): Told[] => [
  [ASKER, { kind: "settled", at, reply, code: outcomeCode(outcome) }],
  [ASKER, { kind: "concluded", at, reply, link: replyKeyOf(reply), code: outcomeCode(outcome) }],
];

const roundTrip = (reply = REPLY): Told[] => [
  ...asked(reply),
  delivered(ANSWERER, 1002, reply),
  ...answered(ANSWERER, 1003, "yes", reply),
  arrived(1004, "yes", reply),
  ...settled("replied", 1005, reply),
];

const verdicts = (record: TrafficRecord) =>
  findExchange(record, KEY)?.arrivals.map(({ verdict, from }) => [verdict, from]);

test("a round trip is read back as it was told", () => {
  const exchange = findExchange(recordOf(roundTrip()), KEY);
  expect(exchange).toMatchObject({
    seq: 1,
    call: KEY,
    parent: null,
    requester: ASKER,
    subject: "user.get",
    reply: REPLY,
    timeoutMs: 2000,
    attemptedAt: 1000,
    sentAt: 1001,
    settledAt: 1005,
    outcome: "replied",
    reason: null,
    deliveries: [
      { peer: ANSWERER, deliveredAt: 1002, handlingAt: 1002.5, handledAt: 1003, result: "replied" },
    ],
    arrivals: [{ arrivedAt: 1004, verdict: "taken", from: ANSWERER, error: false }],
  });
  expect(decodeUtf8(exchange?.request?.bytes ?? new Uint8Array())).toBe("ask");
  expect(decodeUtf8(exchange?.arrivals[0]?.message.bytes ?? new Uint8Array())).toBe("yes");
});

test("times are brought to the page's clock", () => {
  const record = createRecord({ events: 16, exchanges: 4, textBytes: 256 });
  fold(record, batchOf([{ kind: "attempted", at: 1000, ...about(REPLY) }]), ASKER, -2.5);
  expect(findExchange(record, KEY)?.attemptedAt).toBe(997.5);
});

describe("what reaches an inbox", () => {
  test("is taken once; what follows is a duplicate, before the settling or after it", () => {
    const record = recordOf([
      ...asked(),
      delivered(ANSWERER),
      delivered(OTHER),
      ...answered(ANSWERER, 1003, "first"),
      ...answered(OTHER, 1003, "second"),
      arrived(1004, "first"),
      arrived(1004, "second"),
      ...settled("replied"),
      arrived(1006, "third"),
    ]);
    expect(verdicts(record)).toEqual([
      ["taken", ANSWERER],
      ["duplicate", OTHER],
      ["duplicate", 0],
    ]);
    expect(readCounters(record)).toMatchObject({ late: 0, duplicate: 2 });
  });

  test("after the timeout is late, though the clock gives both the same time", () => {
    const record = recordOf([...asked(), ...settled("timedOut", 3000), arrived(3000), arrived(3001)]);
    expect(verdicts(record)?.map(([verdict]) => verdict)).toEqual(["late", "late"]);
    expect(readCounters(record)).toMatchObject({ late: 2, duplicate: 0 });
  });

  test("as a 503 without a payload is the server's word", () => {
    const refused: WrittenEvent = { kind: "arrived", at: 1002, reply: REPLY, code: 503 };
    const record = recordOf([...asked(), [ASKER, refused], ...settled("noResponders")]);
    expect(verdicts(record)).toEqual([["noResponders", null]]);
    expect(readCounters(record)).toMatchObject({ late: 0, duplicate: 0 });
    expect(summariseExchange(record, 1)).toMatchObject({ arrivals: 0, from: null, outcome: "noResponders" });
  });

  test("as a 503 with a payload is somebody's reply", () => {
    const reply: WrittenEvent = { kind: "arrived", at: 1002, reply: REPLY, code: 503, payload: "closed" };
    expect(verdicts(recordOf([...asked(), [ASKER, reply]]))).toEqual([["taken", 0]]);
  });

  test("comes from outside when nobody here answered with these bytes", () => {
    const record = recordOf([
      ...asked(),
      delivered(),
      ...answered(),
      arrived(1004, "no"),
      arrived(1005, "yes"),
    ]);
    expect(verdicts(record)).toEqual([
      ["taken", 0],
      ["duplicate", ANSWERER],
    ]);
    expect(summariseExchange(record, 1)?.from).toBe(0);
  });

  test("comes from outside while the responder of this page that has the request is still silent", () => {
    const record = recordOf([...asked(), delivered(), arrived()]);
    expect(verdicts(record)).toEqual([["taken", 0]]);
    expect(summariseExchange(record, 1)?.from).toBe(0);
  });

  test("of equal bytes comes from who had answered by then", () => {
    const record = recordOf([
      ...asked(),
      delivered(ANSWERER),
      ...answered(ANSWERER, 1009),
      arrived(1004),
      arrived(1010),
    ]);
    expect(verdicts(record)).toEqual([
      ["taken", 0],
      ["duplicate", ANSWERER],
    ]);
  });
});

describe("clocks that differ a little", () => {
  test("a delivery is never told before its sending, nor an answer after its arrival", () => {
    const record = recordOf([
      ...asked(),
      delivered(ANSWERER, 1000.2),
      ...answered(ANSWERER, 1004.7),
      arrived(1004),
      ...settled("replied"),
    ]);
    const { sentAt, deliveries, arrivals } = findExchange(record, KEY) ?? {};
    const [delivery] = deliveries ?? [];
    expect(delivery).toMatchObject({
      deliveredAt: expect.closeTo(1001, 2),
      handlingAt: expect.closeTo(1004, 2),
      handledAt: expect.closeTo(1004, 2),
      answeredAt: expect.closeTo(1004, 2),
    });
    expect(delivery?.deliveredAt).toBeGreaterThan(sentAt ?? Infinity);
    expect(delivery?.answeredAt).toBeLessThan(arrivals?.[0]?.arrivedAt ?? 0);
  });
});

describe("requests of programs elsewhere", () => {
  test("are nobody's here, and in no ledger; their answers are counted", () => {
    const record = recordOf([delivered(), ...answered()]);
    expect(findExchange(record, KEY)).toMatchObject({ requester: null, attemptedAt: null, outcome: null });
    expect(readCounters(record)).toMatchObject({ served: 1, exchanges: { started: 0, inFlight: 0 } });
    expect(summariseExchange(record, 1)?.from).toBe(ANSWERER);
  });

  test("are not the ones whose requester is heard of later", () => {
    expect(readCounters(recordOf([delivered(), ...answered(), ...asked()])).served).toBe(0);
  });

  test("on one reply subject are told one by one, as many as are held", () => {
    const record = createRecord({ events: 16_384, exchanges: 16, textBytes: 1 << 20 });
    const many = Array.from({ length: 3000 }, () => [delivered(), ...answered()]).flat();
    foldAll(record, many);
    expect(exchangeRange(record)).toEqual({ first: 2985, last: 3000 });
    expect(findExchange(record, KEY)).toMatchObject({ seq: 3000, deliveries: [{ result: "replied" }] });
    expect(readCounters(record)).toMatchObject({ served: 3000 });
  });
});

test("a request inside a handler names the exchange it is made for, not a call", () => {
  const nested: WrittenEvent = { kind: "attempted", at: 1, link: 77, flags: FLAG.nested, ...about(REPLY) };
  expect(findExchange(recordOf([[ANSWERER, nested]]), KEY)).toMatchObject({
    call: null,
    parent: 77,
    requester: ANSWERER,
  });
});

describe("a responder's tally", () => {
  test("tells what waits from what is being handled", () => {
    const record = recordOf([
      delivered(ANSWERER, 1, "_INBOX.a.1"),
      delivered(ANSWERER, 2, "_INBOX.a.2"),
      delivered(ANSWERER, 3, "_INBOX.a.3"),
      [ANSWERER, { kind: "handling", at: 4, reply: "_INBOX.a.1" }],
    ]);
    expect(readPeerCounters(record, ANSWERER)).toMatchObject({ received: 3, inHand: 3, running: 1 });
    // Given up while it waited: it was never being handled.
    foldAll(record, [
      [ANSWERER, { kind: "handled", at: 5, reply: "_INBOX.a.3", code: HANDLER_RESULTS.indexOf("aborted") }],
    ]);
    expect(readPeerCounters(record, ANSWERER)).toMatchObject({ inHand: 2, running: 1 });
  });

  test("keeps what the handler threw last", () => {
    const threw = (message: string): WrittenEvent => ({
      kind: "handled",
      at: 5,
      reply: REPLY,
      code: HANDLER_RESULTS.indexOf("threw"),
      reason: { kind: "threw", message },
    });
    const record = recordOf([delivered(), [ANSWERER, threw("one")], [ANSWERER, threw("two")]]);
    expect(readPeerCounters(record, ANSWERER).lastError).toEqual({ kind: "threw", message: "two" });
  });
});

describe("a worker that is gone", () => {
  test("settles what it had in flight, with the reason, and never again", () => {
    const record = recordOf(asked());
    foldState(record, ASKER, "killed", 1500, { kind: "killed" });
    expect(findExchange(record, KEY)).toMatchObject({
      outcome: "connectionLost",
      settledAt: 1500,
      reason: { kind: "killed" },
    });
    foldAll(record, settled("replied"));
    const { calls, exchanges } = readCounters(record);
    for (const ledger of [calls, exchanges]) {
      expect(ledger).toMatchObject({ started: 1, inFlight: 0, outcomes: { connectionLost: 1, replied: 0 } });
    }
    expect([...openExchanges(record)]).toEqual([]);
  });

  test.each(["removed", "drained"] as const)("that was %s has cancelled its calls", (state) => {
    const record = recordOf(asked());
    foldState(record, ASKER, state, 1500, null);
    expect(readCounters(record).calls.outcomes.cancelled).toBe(1);
  });

  test("leaves its requests aborted, its hands empty, and a new worker of its name with a clean start", () => {
    const record = recordOf([...asked(), delivered()]);
    const before = exchangeRevision(record, 1);
    foldState(record, ANSWERER, "crashed", 1500, { kind: "crashed", message: "Out of memory." });
    expect(exchangeRevision(record, 1)).not.toBe(before);
    expect(findExchange(record, KEY)?.deliveries).toMatchObject([
      { result: "aborted", handledAt: 1500, error: { kind: "crashed", message: "Out of memory." } },
    ]);
    expect(readPeerCounters(record, ANSWERER)).toMatchObject({ received: 1, inHand: 0, running: 0 });
    foldAll(record, [delivered(ANSWERER, 1600, "_INBOX.a.2")]);
    expect(findExchange(record, replyKeyOf("_INBOX.a.2"))?.deliveries[0]?.result).toBeNull();
    expect(readPeerCounters(record, ANSWERER).inHand).toBe(1);
  });

  test("may come back and use its numbers for calls again", () => {
    const record = recordOf(asked());
    foldState(record, ASKER, "crashed", 1500, null);
    foldAll(record, [
      [ASKER, { kind: "called", at: 1600, link: KEY }],
      [ASKER, { kind: "concluded", at: 1601, link: KEY, code: outcomeCode("replied") }],
    ]);
    expect(readCounters(record).calls).toMatchObject({
      started: 2,
      inFlight: 0,
      outcomes: { connectionLost: 1, replied: 1 },
    });
  });
});

describe("what is evicted", () => {
  test("an exchange in flight is settled all the same, and its replies judged", () => {
    const record = recordOf(
      [...asked("_INBOX.a.1"), ...asked("_INBOX.a.2"), ...asked("_INBOX.a.3"), ...asked("_INBOX.a.4")],
      { exchanges: 2 },
    );
    expect(readCounters(record)).toMatchObject({
      exchanges: { started: 4, inFlight: 4 },
      dropped: { exchanges: 2 },
    });
    foldAll(record, [
      arrived(1004, "yes", "_INBOX.a.1"),
      arrived(1004, "yes", "_INBOX.a.1"),
      ...settled("replied", 1005, "_INBOX.a.1"),
      arrived(1006, "yes", "_INBOX.a.1"),
    ]);
    expect(readCounters(record)).toMatchObject({
      exchanges: { started: 4, inFlight: 3, outcomes: { replied: 1 } },
      duplicate: 1,
      late: 1,
    });
  });

  test("texts are empty then, with the size they had, and counted", () => {
    const record = recordOf([...roundTrip("_INBOX.a.1"), ...roundTrip("_INBOX.a.2")], { textBytes: 120 });
    const exchange = findExchange(record, replyKeyOf("_INBOX.a.1"));
    expect(exchange).toMatchObject({ subject: "user.get", request: { size: 3 }, outcome: "replied" });
    expect(exchange?.request?.bytes).toHaveLength(0);
    // Each round trip has 86 bytes of texts: what was attempted, sent and delivered first is gone.
    expect(readCounters(record).dropped).toMatchObject({ events: 0, texts: 3 });
  });

  test("subjects past the most that are named once are still read", () => {
    const record = createRecord({ events: 20_000, exchanges: 8, textBytes: 1 << 20 });
    for (let n = 0; n < 5000; n++) {
      const reply = `_INBOX.a.${n}`;
      fold(record, batchOf([{ kind: "attempted", at: 1, reply, subject: `user.${n}` }]), ASKER, 0);
    }
    expect(summariseExchange(record, 5000)?.subject).toBe("user.4999");
  });

  test("a batch may be larger than everything that is kept", () => {
    const events = Array.from({ length: 50 }, (_, n) => n).flatMap((n) =>
      roundTrip(`_INBOX.a.${n}`)
        .filter(([peer]) => peer === ASKER)
        .map(([, event]) => event),
    );
    const record = createRecord({ events: 16, exchanges: 4, textBytes: 64 });
    fold(record, batchOf(events), ASKER, 0);
    const { calls, exchanges, dropped } = readCounters(record);
    expect(calls).toMatchObject({ started: 50, inFlight: 0, outcomes: { replied: 50 } });
    expect(exchanges).toMatchObject({ started: 50, inFlight: 0, outcomes: { replied: 50 } });
    expect(dropped).toMatchObject({ events: events.length - 16, exchanges: 46 });
    expect(findExchange(record, replyKeyOf("_INBOX.a.49"))).toMatchObject({ outcome: "replied" });
    expect(findExchange(record, replyKeyOf("_INBOX.a.1"))).toBeUndefined();
  });
});

test("a reset forgets everything but what is in flight", () => {
  const record = recordOf([...roundTrip("_INBOX.a.1"), ...asked(), delivered()]);
  clear(record);
  expect(readCounters(record)).toMatchObject({
    calls: { started: 1, inFlight: 1, outcomes: { replied: 0 } },
    exchanges: { started: 1, inFlight: 1, outcomes: { replied: 0 } },
    late: 0,
  });
  expect(readPeerCounters(record, ANSWERER)).toMatchObject({ received: 1, inHand: 1, replied: 0 });
  foldAll(record, [...answered(), arrived(), ...settled("replied")]);
  expect(readCounters(record)).toMatchObject({
    calls: { started: 1, inFlight: 0, outcomes: { replied: 1 } },
    exchanges: { started: 1, inFlight: 0, outcomes: { replied: 1 } },
    late: 0,
    duplicate: 0,
    served: 0,
  });
  expect(readPeerCounters(record, ANSWERER)).toMatchObject({ received: 1, inHand: 0, replied: 1 });
});

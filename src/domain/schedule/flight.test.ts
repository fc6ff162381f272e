import fc from "fast-check";
import { expect, test } from "vitest";
import type { PeerId } from "../events/events.ts";
import { FAILED_MS, flightOf, type Flight } from "./flight.ts";
import { flightMarks, type Mark } from "./marks.ts";
import { fold, foldState } from "../record/fold.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { Exchange } from "../events/exchange.ts";
import { findExchange } from "../exchanges/readExchange.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { scheduleOf, type Schedule } from "./schedule.ts";
import { createRecord } from "../record/createRecord.ts";

const REPLY = "_INBOX.a.b";
const KEY = replyKeyOf(REPLY);
const about = { reply: REPLY, subject: "user.get" };
type Told = readonly (readonly [PeerId, WrittenEvent])[];

/** The flight of what is known up to `knownAt`. */
function flightFrom(told: Told, knownAt = Infinity, minLegMs = 300) {
  const record = createRecord({ events: 256, exchanges: 8, textBytes: 4096 });
  for (const [peer, event] of told) if (event.at <= knownAt) fold(record, batchOf([event]), peer, 0);
  const exchange = findExchange(record, KEY);
  return exchange && laidOut(exchange, minLegMs);
}

function exchangeFrom(told: Told): Exchange {
  const record = createRecord({ events: 256, exchanges: 8, textBytes: 4096 });
  for (const [peer, event] of told) fold(record, batchOf([event]), peer, 0);
  const exchange = findExchange(record, KEY);
  if (!exchange) throw new Error("the exchange is not in the record");
  return exchange;
}

function laidOut(exchange: Exchange, hopMs: number): Flight {
  const { times } = scheduleOf([exchange], { hopMs, now: Infinity, before: null });
  return flightOf(exchange, times.get(exchange.key)!);
}

const roundTrip: Told = [
  [1, { kind: "attempted", at: 1000, code: 2000, ...about }],
  [1, { kind: "sent", at: 1000, ...about }],
  [2, { kind: "delivered", at: 1001, ...about }],
  [2, { kind: "handling", at: 1001, reply: REPLY }],
  [2, { kind: "handled", at: 1002, reply: REPLY }],
  [2, { kind: "answered", at: 1002, reply: REPLY, payload: "yes" }],
  [1, { kind: "arrived", at: 1003, reply: REPLY, payload: "yes" }],
  [1, { kind: "settled", at: 1003, reply: REPLY, code: outcomeCode("replied") }],
];

const words = (marks: readonly Mark[]): string[] =>
  marks.map((mark) =>
    mark.kind === "travelling" ? `${mark.shape} ${mark.from.kind}→${mark.to.kind}` : `${mark.kind}`,
  );

test("a round trip of three milliseconds is stretched over four legs of 300 ms", () => {
  const flight = flightFrom(roundTrip);
  if (!flight) throw new Error("the exchange is not in the record");
  const at = (ms: number): string[] => words(flightMarks(flight, 1000 + ms));
  expect(at(150)).toEqual(["waiting", "request requester→server"]);
  expect(at(450)).toEqual(["waiting", "request server→responder"]);
  expect(at(750)).toEqual(["waiting", "reply responder→server"]);
  expect(at(1050)).toEqual(["waiting", "reply server→inbox"]);
  expect(at(1250)).toEqual([]);
  // The handler worked for one millisecond.
  expect(flight.endsAt).toBe(2201);
});

test("true to scale it ends when it really ended", () => {
  expect(flightFrom(roundTrip, Infinity, 0)?.endsAt).toBe(1003);
});

test("a reply after the timeout travels as late and comes apart at the inbox", () => {
  const told: Told = [
    ...roundTrip.slice(0, 3),
    [1, { kind: "settled", at: 3000, reply: REPLY, code: outcomeCode("timedOut") }],
    [2, { kind: "handled", at: 5000, reply: REPLY }],
    [2, { kind: "answered", at: 5000, reply: REPLY, payload: "yes" }],
    [1, { kind: "arrived", at: 5001, reply: REPLY, payload: "yes" }],
  ];
  const flight = flightFrom(told);
  if (!flight) throw new Error("the exchange is not in the record");
  expect(words(flightMarks(flight, 2900))).toEqual(["waiting", "held"]);
  expect(words(flightMarks(flight, 4000))).toEqual(["held", "failed"]);
  expect(words(flightMarks(flight, 5450))).toEqual(["late server→inbox"]);
  expect(words(flightMarks(flight, 5700))).toEqual(["discarded"]);
  expect(flightMarks(flight, flight.endsAt)).toEqual([]);
});

test("the server's 503 comes back from the server", () => {
  const flight = flightFrom([
    ...roundTrip.slice(0, 2),
    [1, { kind: "arrived", at: 1001, reply: REPLY, code: 503 }],
    [1, { kind: "settled", at: 1001, reply: REPLY, code: outcomeCode("noResponders") }],
  ]);
  if (!flight) throw new Error("the exchange is not in the record");
  expect(words(flightMarks(flight, 1450))).toEqual(["waiting", "noResponders server→inbox"]);
});

test("half of the timeout is left after half of it", () => {
  const flight = flightFrom(roundTrip.slice(0, 2));
  if (!flight) throw new Error("the exchange is not in the record");
  expect(flightMarks(flight, 2000)).toContainEqual(
    expect.objectContaining({ kind: "waiting", remaining: 0.5 }),
  );
  expect(flight.endsAt).toBe(Infinity);
});

test("while a reply is on its way in display time no more of the timeout runs down than did in truth", () => {
  const flight = flightFrom(roundTrip);
  if (!flight) throw new Error("the exchange is not in the record");
  expect(flightMarks(flight, 2100)).toContainEqual(
    expect.objectContaining({ kind: "waiting", remaining: expect.closeTo(1 - (3 * 1100) / 1201 / 2000, 6) }),
  );
});

test("a timeout shorter than the way of its request has not run out before that is there, and runs on evenly once its end is known", () => {
  const short = roundTrip.map(([peer, event]) => {
    if (event.kind === "attempted") return [peer, { ...event, code: 300 }] as const;
    const isLast = event.kind === "arrived" || event.kind === "settled";
    return [peer, { ...event, at: event.at + (isLast ? 290 : 0) }] as const;
  });
  const known = exchangeFrom(short.slice(0, 2));
  const over = exchangeFrom(short);
  const remaining = (flight: Flight, at: number): number => {
    const waiting = flightMarks(flight, at).find((mark) => mark.kind === "waiting");
    return waiting?.kind === "waiting" ? (waiting.remaining ?? NaN) : NaN;
  };
  const options = { hopMs: 300, now: 1300 };
  const first = scheduleOf([known], { ...options, before: { times: new Map(), until: 1000 } });
  const waits = flightOf(known, first.times.get(known.key)!);
  expect(remaining(waits, 1300)).toBeCloseTo(0.5, 2);
  const second = scheduleOf([over], { ...options, before: { times: first.moments, until: 1300 } });
  const ends = flightOf(over, second.times.get(over.key)!, { flight: waits, now: 1300 });
  let before = remaining(waits, 1299);
  for (let at = 1300; at < (ends.wait?.endsAt ?? 0); at += 50) {
    const now = remaining(ends, at);
    expect(now).toBeLessThanOrEqual(before);
    expect(now).toBeGreaterThan(0);
    before = now;
  }
});

test("a request that goes out of sight at the server does not stay there", () => {
  const flight = flightFrom(roundTrip.slice(0, 2));
  if (!flight) throw new Error("the exchange is not in the record");
  expect(words(flightMarks(flight, 1500))).toEqual(["waiting", "request requester→server"]);
  expect(words(flightMarks(flight, 1700))).toEqual(["waiting"]);
});

test("without a queue group the request goes to each, and the replies that come second come apart", () => {
  const told: Told = [2, 3, 4].flatMap((peer): Told => [
    [peer, { kind: "delivered", at: 1001, ...about }],
    [peer, { kind: "answered", at: 1001 + peer, reply: REPLY, payload: `from ${peer}` }],
  ]);
  const arrivals: Told = [2, 3, 4].map((peer) => [
    1,
    { kind: "arrived", at: 1002 + peer, reply: REPLY, payload: `from ${peer}` },
  ]);
  const flight = flightFrom([...roundTrip.slice(0, 2), ...told, ...arrivals]);
  if (!flight) throw new Error("the exchange is not in the record");
  const times = (seen: string, at: number): number =>
    words(flightMarks(flight, at)).filter((word) => word === seen).length;
  expect(times("request server→responder", 1450)).toBe(3);
  expect(times("reply server→inbox", 2100)).toBe(1);
  // One after the other, so that the first is seen to be the first.
  expect(times("duplicate server→inbox", 2100)).toBe(1);
  expect(times("duplicate server→inbox", 2200)).toBe(2);
  expect(times("discarded", 2450)).toBe(2);
});

test("a responder that is killed lets go of the request", () => {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 1024 });
  for (const [peer, event] of roundTrip.slice(0, 4)) fold(record, batchOf([event]), peer, 0);
  foldState(record, 2, "killed", 1800, null);
  const exchange = findExchange(record, KEY);
  if (!exchange) throw new Error("the exchange is not in the record");
  const flight = laidOut(exchange, 300);
  expect(words(flightMarks(flight, 1700))).toEqual(["waiting", "held"]);
  expect(words(flightMarks(flight, 2100))).toEqual(["waiting", "failed"]);
});

test("as time goes on and more becomes known, a message only ever moves on", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(3), fc.nat(900)), { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...(["replied", "timedOut"] as const)),
      // What the requester saw may be known before what the responder did, or after; to scale only the past is drawn.
      fc.oneof(
        fc.record({ minLegMs: fc.constant(300), lags: fc.tuple(fc.nat(60), fc.nat(60)) }),
        fc.record({ minLegMs: fc.constant(0), lags: fc.constant([0, 0] as const) }),
      ),
      fc.boolean(),
      (gaps, outcome, { minLegMs, lags }, inThisPage) => {
        let at = 1000;
        const told: Told = roundTrip.map(([peer, event], index) => {
          if (index > 1) at += gaps[index - 2] ?? 0;
          return [
            peer,
            event.kind === "settled" ? { ...event, at, code: outcomeCode(outcome) } : { ...event, at },
          ];
        });
        const waiting = told
          .filter(([peer]) => inThisPage || peer === 1)
          .map(([peer, event]) => ({ peer, event, knownAt: event.at + (lags[peer - 1] ?? 0) }))
          .sort((a, b) => a.knownAt - b.knownAt);
        const record = createRecord({ events: 64, exchanges: 4, textBytes: 1024 });
        let flight: Flight | null = null;
        let schedule: Schedule | null = null;
        let furthest = 0;
        const lay = (exchange: Exchange, now: number): void => {
          const before = { times: schedule?.moments ?? new Map<string, number>(), until: now };
          schedule = scheduleOf([exchange], { hopMs: minLegMs, now, before: minLegMs === 0 ? null : before });
          flight = flightOf(exchange, schedule.times.get(exchange.key)!, flight && { flight, now });
        };
        for (let now = 1000; now < at + 4000; now += 16) {
          for (let next = waiting[0]; next && next.knownAt <= now; next = waiting[0]) {
            fold(record, batchOf([next.event]), next.peer, 0);
            waiting.shift();
            const exchange = findExchange(record, KEY);
            if (exchange) lay(exchange, now);
          }
          const exchange = findExchange(record, KEY);
          if (exchange && isDue(schedule, now)) lay(exchange, now);
          for (const mark of flight ? flightMarks(flight, now) : []) {
            if (mark.kind !== "travelling" && mark.kind !== "held") continue;
            const place = placeOf(mark);
            expect(place, `at ${now}: ${JSON.stringify(mark)}`).toBeGreaterThanOrEqual(furthest);
            furthest = place;
          }
        }
        if (minLegMs > 0) expect(furthest).toBeGreaterThan(4);
      },
    ),
    { numRuns: 300 },
  );
});

const isDue = (schedule: Schedule | null, now: number): boolean => (schedule?.reviseAt ?? Infinity) <= now;

/** How far along the way a mark is: a whole number for each leg, its progress behind the point. */
function placeOf(mark: Mark): number {
  if (mark.kind === "held") return 2;
  if (mark.kind !== "travelling") return 0;
  const legs: readonly (readonly string[])[] = [
    ["requester→server", "outside→server:request"],
    ["server→responder", "server→outside"],
    [],
    ["responder→server", "outside→server"],
    ["server→inbox"],
  ];
  const way = `${mark.from.kind}→${mark.to.kind}`;
  const named = way === "outside→server" && mark.shape === "request" ? `${way}:request` : way;
  return legs.findIndex((names) => names.includes(named)) + mark.progress * 0.999;
}

test("a wait before the next attempt runs down at the requester, until that begins or the call is ended", () => {
  const failed: Told = [
    [1, { kind: "called", at: 1000, link: 9 }],
    [1, { kind: "attempted", at: 1000, code: 200, link: 9, size: 1, ...about }],
    [1, { kind: "sent", at: 1000, ...about }],
    [1, { kind: "settled", at: 1200, reply: REPLY, code: outcomeCode("timedOut") }],
    [1, { kind: "backoff", at: 1200, reply: REPLY, link: 9, code: 1000, size: 2 }],
  ];
  const flight = flightFrom(failed);
  if (!flight) throw new Error("the exchange is not in the record");
  const at = (ms: number) => flightMarks(flight, ms).filter(({ kind }) => kind === "paused");
  expect(at(1100)).toEqual([]);
  expect(at(1700)).toMatchObject([{ peer: 1, remaining: 0.5, attempt: 2 }]);
  expect(at(2200)).toEqual([]);
  // The request is at the server before the wait for it is over.
  expect(flight.endsAt).toBe(1300 + FAILED_MS);

  const code = outcomeCode("cancelled");
  const cancelled = flightFrom([
    ...failed,
    [1, { kind: "concluded", at: 1500, reply: REPLY, link: 9, code }],
  ]);
  expect(cancelled?.pause?.endsAt).toBe(1600);
});

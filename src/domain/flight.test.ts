import fc from "fast-check";
import { expect, test } from "vitest";
import type { PeerId } from "./events.ts";
import { flightMarks, planFlight, type Mark } from "./flight.ts";
import { fold } from "./fold.ts";
import { outcomeCode } from "./outcomes.ts";
import { findExchange } from "./readExchange.ts";
import { createRecord } from "./record.ts";
import { replyKeyOf } from "./replyKey.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";

const REPLY = "_INBOX.a.b";
const KEY = replyKeyOf(REPLY);
const about = { reply: REPLY, subject: "user.get" };
type Told = readonly (readonly [PeerId, WrittenEvent])[];

/** The flight of what is known up to `knownAt`. */
function flightOf(told: Told, knownAt = Infinity, minLegMs = 300) {
  const record = createRecord({ events: 256, exchanges: 8, textBytes: 4096 });
  for (const [peer, event] of told) if (event.at <= knownAt) fold(record, batchOf([event]), peer, 0);
  const exchange = findExchange(record, KEY);
  return exchange && planFlight(exchange, { minLegMs });
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
  const flight = flightOf(roundTrip);
  if (!flight) throw new Error("the exchange is not in the record");
  const at = (ms: number): string[] => words(flightMarks(flight, 1000 + ms));
  expect(at(150)).toEqual(["waiting", "request requester→server"]);
  expect(at(450)).toEqual(["waiting", "request server→responder"]);
  expect(at(750)).toEqual(["waiting", "reply responder→server"]);
  expect(at(1050)).toEqual(["waiting", "reply server→inbox"]);
  expect(at(1250)).toEqual([]);
  expect(flight.endsAt).toBe(2200);
});

test("true to scale it ends when it really ended", () => {
  expect(flightOf(roundTrip, Infinity, 0)?.endsAt).toBe(1003);
});

test("a reply after the timeout travels as late and comes apart at the inbox", () => {
  const told: Told = [
    ...roundTrip.slice(0, 3),
    [1, { kind: "settled", at: 3000, reply: REPLY, code: outcomeCode("timedOut") }],
    [2, { kind: "handled", at: 5000, reply: REPLY }],
    [2, { kind: "answered", at: 5000, reply: REPLY, payload: "yes" }],
    [1, { kind: "arrived", at: 5001, reply: REPLY, payload: "yes" }],
  ];
  const flight = flightOf(told);
  if (!flight) throw new Error("the exchange is not in the record");
  expect(words(flightMarks(flight, 2900))).toEqual(["waiting", "held"]);
  expect(words(flightMarks(flight, 4000))).toEqual(["held"]);
  expect(words(flightMarks(flight, 5450))).toEqual(["late server→inbox"]);
  expect(words(flightMarks(flight, 5700))).toEqual(["discarded"]);
  expect(flightMarks(flight, flight.endsAt)).toEqual([]);
});

test("the server's 503 comes back from the server", () => {
  const flight = flightOf([
    ...roundTrip.slice(0, 2),
    [1, { kind: "arrived", at: 1001, reply: REPLY, code: 503 }],
    [1, { kind: "settled", at: 1001, reply: REPLY, code: outcomeCode("noResponders") }],
  ]);
  if (!flight) throw new Error("the exchange is not in the record");
  expect(words(flightMarks(flight, 1450))).toEqual(["waiting", "noResponders server→inbox"]);
});

test("half of the timeout is left after half of it", () => {
  const flight = flightOf(roundTrip.slice(0, 2));
  if (!flight) throw new Error("the exchange is not in the record");
  expect(flightMarks(flight, 2000)).toContainEqual(
    expect.objectContaining({ kind: "waiting", remaining: 0.5 }),
  );
  expect(flight.endsAt).toBe(Infinity);
});

test("as time goes on and more becomes known, a message only ever moves on", () => {
  const gap = fc.nat(900);
  fc.assert(
    fc.property(
      fc.array(gap, { minLength: 6, maxLength: 6 }),
      fc.boolean(),
      fc.nat(40),
      (gaps, replied, behind) => {
        let at = 1000;
        const told: Told = roundTrip.map(([peer, event], index) => {
          if (index > 1) at += gaps[(index - 2) % gaps.length] ?? 0;
          const code = event.kind === "settled" && !replied ? outcomeCode("timedOut") : event.code;
          return [peer, code === undefined ? { ...event, at } : { ...event, at, code }];
        });
        let furthest = 0;
        for (let now = 1000; now < at + 2500; now += 16) {
          // Events are known a frame or two after they happened.
          const flight = flightOf(told, now - behind);
          if (!flight) continue;
          for (const mark of flightMarks(flight, now)) {
            if (mark.kind !== "travelling" && mark.kind !== "held") continue;
            const place = placeOf(mark);
            expect(place, `at ${now}: ${JSON.stringify(mark)}`).toBeGreaterThanOrEqual(furthest);
            furthest = place;
          }
        }
        expect(furthest).toBeGreaterThan(4);
      },
    ),
    { numRuns: 60 },
  );
});

/** How far along the way a mark is: a whole number for each leg, its progress behind the point. */
function placeOf(mark: Mark): number {
  if (mark.kind === "held") return 2;
  if (mark.kind !== "travelling") return 0;
  const legs = ["requester→server", "server→responder", "held", "responder→server", "server→inbox"];
  const leg = legs.indexOf(`${mark.from.kind}→${mark.to.kind}`);
  return leg + mark.progress * 0.999;
}

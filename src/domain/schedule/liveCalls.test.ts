import { expect, test } from "vitest";
import { fold } from "../record/fold.ts";
import { FLAG } from "../events/events.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { FAILED_MS } from "./flight.ts";
import { LiveCalls, type Learned } from "./liveCalls.ts";
import { MOST_DRAWN } from "./sampling.ts";
import { clear, createRecord } from "../record/createRecord.ts";

/** What is over is forgotten a moment later, should its call be tried again. */
const LEFT_MS = 500;
const REQUESTER = 1;
const RESPONDER = 2;

function watching(record: TrafficRecord) {
  const learned: string[] = [];
  const listener: Learned = {
    inbox: (peer, reply) => learned.push(`inbox of ${peer}: ${reply}`),
    outsider: (role) => learned.push(`outside ${role}`),
    emptied: () => learned.push("emptied"),
  };
  const flights = new LiveCalls(record, listener);
  return {
    learned,
    flights,
    look(now: number): readonly number[] {
      flights.update(now);
      return [...flights.drawn()].map(({ exchange }) => exchange.seq);
    },
  };
}

const replyOf = (n: number): string => `_INBOX.me.${n}`;

const sent = (n: number, at: number): WrittenEvent[] => [
  { kind: "attempted", at, code: 1000, reply: replyOf(n), subject: "user.get" },
  { kind: "sent", at, reply: replyOf(n), subject: "user.get" },
];
const answered = (n: number, at: number): WrittenEvent[] => [
  { kind: "delivered", at, reply: replyOf(n), subject: "user.get" },
  { kind: "answered", at, reply: replyOf(n), payload: "yes" },
];
const settled = (n: number, at: number, outcome: "replied" | "timedOut"): WrittenEvent[] => [
  ...(outcome === "replied" ? [{ kind: "arrived", at, reply: replyOf(n), payload: "yes" } as const] : []),
  { kind: "settled", at, reply: replyOf(n), code: outcomeCode(outcome) },
];
const tell = (record: TrafficRecord, peer: number, events: WrittenEvent[]): void =>
  fold(record, batchOf(events), peer, 0);

test("an exchange is drawn from when it is known until nothing of it is to be seen", () => {
  const record = createRecord();
  const { look, learned } = watching(record);
  expect(look(1000)).toEqual([]);
  tell(record, REQUESTER, sent(1, 1000));
  expect(look(1010)).toEqual([1]);
  tell(record, RESPONDER, answered(1, 1001));
  tell(record, REQUESTER, settled(1, 1002, "replied"));
  expect(look(1500)).toEqual([1]);
  expect(look(4500)).toEqual([]);
  expect(new Set(learned)).toEqual(new Set([`inbox of ${REQUESTER}: ${replyOf(1)}`]));
});

test("it is laid out anew only when more is known of it", () => {
  const record = createRecord();
  const { flights, look } = watching(record);
  tell(record, REQUESTER, sent(1, 1000));
  look(1010);
  const [before] = flights.drawn();
  tell(record, REQUESTER, sent(2, 1015));
  look(1020);
  const [same] = flights.drawn();
  expect(same).toBe(before);
  tell(record, RESPONDER, answered(1, 1001));
  look(1030);
  const [after] = flights.drawn();
  expect(after?.flight.legs.length).toBeGreaterThan(before?.flight.legs.length ?? 0);
});

test("a timeout is shown for a moment after it ended the wait", () => {
  const record = createRecord();
  const { flights, look } = watching(record);
  tell(record, REQUESTER, sent(1, 1000));
  look(1000);
  tell(record, REQUESTER, settled(1, 2000, "timedOut"));
  look(2000);
  expect(look(2000 + FAILED_MS - 1)).toEqual([1]);
  expect([...flights.drawn()][0]?.flight.failures).toEqual([
    { where: { kind: "inbox", peer: REQUESTER }, at: 2000, shape: null, words: "timed out" },
  ]);
  expect(look(2000 + FAILED_MS + LEFT_MS)).toEqual([]);
});

test("of a burst a share is drawn, the same whenever one looks, and it says which", () => {
  const record = createRecord();
  const { flights, look } = watching(record);
  look(999);
  const burst = Array.from({ length: 1000 }, (_, index) => sent(index + 1, 1000)).flat();
  tell(record, REQUESTER, burst);
  const drawn = look(1010);
  expect(flights.every).toBeGreaterThan(1);
  expect(drawn.length).toBe(Math.floor(1000 / flights.every));
  expect(drawn.length).toBeLessThanOrEqual(MOST_DRAWN);
  expect(look(1020)).toEqual(drawn);
});

test("exchanges that wait for ever do not pile up", () => {
  const record = createRecord();
  const { look } = watching(record);
  look(0);
  for (let n = 1; n <= 2000; n++) {
    tell(record, REQUESTER, sent(n, n * 50));
    look(n * 50 + 5);
  }
  expect(look(200_000).length).toBeLessThanOrEqual(2 * MOST_DRAWN);
  expect(look(200_000).at(-1)).toBe(2000);
});

test("a delivery whose requester is not known yet is taken for one from outside only after a while", () => {
  const record = createRecord();
  const first = watching(record);
  tell(record, RESPONDER, answered(1, 1000));
  first.look(1001);
  tell(record, REQUESTER, [...sent(1, 999), ...settled(1, 1002, "replied")]);
  first.look(1100);
  first.look(1900);
  expect(first.learned).not.toContain("outside asks");

  tell(record, RESPONDER, answered(2, 3000));
  first.look(3001);
  // It is found out by time alone, when nothing more is recorded.
  let at = 3001;
  while (first.flights.nextAfter(at) <= 3400) first.look((at = first.flights.nextAfter(at)));
  expect(first.learned).toContain("outside asks");
});

test("a reply that no responder of the page sent is taken for one from outside only after a while", () => {
  const record = createRecord();
  const { look, learned } = watching(record);
  tell(record, REQUESTER, [...sent(1, 1000), ...settled(1, 1002, "replied")]);
  look(1003);
  tell(record, RESPONDER, answered(1, 1001));
  for (const now of [1010, 1300, 1600, 1900]) look(now);
  expect(learned).not.toContain("outside answers");

  tell(record, REQUESTER, [...sent(2, 3000), ...settled(2, 3002, "replied")]);
  for (const now of [3003, 3300, 3600, 3900]) look(now);
  expect(learned).toContain("outside answers");
});

test("after a reset nothing old is drawn, and what comes next is", () => {
  const record = createRecord();
  const { look, learned } = watching(record);
  tell(record, REQUESTER, sent(1, 1000));
  expect(look(1010)).toEqual([1]);
  clear(record);
  expect(look(1020)).toEqual([]);
  expect(learned).toContain("emptied");
  tell(record, REQUESTER, sent(2, 1030));
  expect(look(1040)).toEqual([2]);
});

test("of a responder that handles one request after the other no two are shown to be handled at once", () => {
  const record = createRecord();
  const { flights, look } = watching(record);
  look(999);
  const count = 6;
  for (let n = 1; n <= count; n++) tell(record, REQUESTER, sent(n, 1000 + n / 100));
  const about = (n: number) => ({ reply: replyOf(n), subject: "user.get" });
  const delivered = Array.from({ length: count }, (_, n): WrittenEvent => ({
    kind: "delivered",
    at: 1001,
    ...about(n + 1),
  }));
  tell(record, RESPONDER, delivered);
  look(1002);
  for (let n = 1; n <= count; n++) {
    const begins = 1001 + (n - 1) * 100;
    tell(record, RESPONDER, [{ kind: "handling", at: begins, reply: replyOf(n) }]);
    look(begins + 1);
    tell(record, RESPONDER, [
      { kind: "handled", at: begins + 100, reply: replyOf(n) },
      { kind: "answered", at: begins + 100, reply: replyOf(n), payload: "yes" },
    ]);
    look(begins + 100);
  }
  const holds = [...flights.drawn()].flatMap(({ flight }) => flight.holds);
  expect(holds).toHaveLength(count);
  const inTurn = holds.toSorted((a, b) => a.handledFrom - b.handledFrom);
  for (const [place, { endsAt }] of inTurn.entries())
    expect(inTurn[place + 1]?.handledFrom ?? Infinity).toBeGreaterThanOrEqual(endsAt);
});

test("a call is drawn with all that its handlers ask, or not at all, and an attempt with those before it", () => {
  const record = createRecord();
  const { flights, look } = watching(record);
  look(999);
  const parents = new Map<number, string>();
  for (let n = 1; n <= 400; n++) {
    const parent = replyOf(n);
    const child = `_INBOX.other.${n}`;
    parents.set(n, child);
    const at = 1000 + n / 100;
    tell(record, REQUESTER, [
      { kind: "attempted", at, code: 1000, link: n, size: 1, reply: parent, subject: "api" },
      { kind: "sent", at, reply: parent, subject: "api" },
    ]);
    tell(record, RESPONDER, [
      { kind: "delivered", at, reply: parent, subject: "api" },
      { kind: "handling", at, reply: parent },
      {
        kind: "attempted",
        at,
        code: 1000,
        link: replyKeyOf(parent),
        flags: FLAG.nested,
        reply: child,
        subject: "user.get",
      },
      { kind: "sent", at, reply: child, subject: "user.get" },
    ]);
  }
  look(1010);
  expect(flights.every).toBeGreaterThan(1);
  const drawn = new Set([...flights.drawn()].map(({ exchange }) => exchange.reply));
  expect(drawn.size).toBeGreaterThan(0);
  for (const [n, child] of parents) expect(drawn.has(child)).toBe(drawn.has(replyOf(n)));
});

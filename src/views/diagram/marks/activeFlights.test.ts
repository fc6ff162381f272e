import { expect, test } from "vitest";
import { fold } from "../../../domain/record/fold.ts";
import { outcomeCode } from "../../../domain/events/outcomes.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import { batchOf, type WrittenEvent } from "../../../domain/record/testing.ts";
import { ActiveFlights, EXPIRED_MS, type Learned } from "./activeFlights.ts";
import { MOST_DRAWN } from "./sampling.ts";
import { clear, createRecord } from "../../../domain/record/createRecord.ts";

const REQUESTER = 1;
const RESPONDER = 2;

function watching(record: TrafficRecord) {
  const learned: string[] = [];
  const listener: Learned = {
    inbox: (peer, reply) => learned.push(`inbox of ${peer}: ${reply}`),
    outsider: (role) => learned.push(`outside ${role}`),
    emptied: () => learned.push("emptied"),
  };
  const flights = new ActiveFlights(listener);
  return {
    learned,
    flights,
    look(now: number): readonly number[] {
      flights.update(record, now);
      return [...flights.drawn()].map(({ seq }) => seq);
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
  expect(look(4000)).toEqual([]);
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
  tell(record, REQUESTER, [...sent(1, 1000), ...settled(1, 2000, "timedOut")]);
  expect(look(2000 + EXPIRED_MS - 1)).toEqual([1]);
  expect([...flights.drawn()][0]?.expired).toEqual({ peer: REQUESTER, at: 2000 });
  expect(look(2000 + EXPIRED_MS + 1)).toEqual([]);
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
  first.look(3600);
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

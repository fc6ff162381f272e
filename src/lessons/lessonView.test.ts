import { expect, test } from "vitest";
import { fold } from "../domain/record/fold.ts";
import { OUTCOMES } from "../domain/events/outcomes.ts";
import type { TrafficRecord } from "../domain/record/trafficRecord.ts";
import { batchOf } from "../domain/record/testing.ts";
import { markOf, viewSince, type Surroundings } from "./lessonView.ts";
import { clear, createRecord } from "../domain/record/createRecord.ts";

const CLIENT = 1;
const RESPONDER = 2;

const around: Surroundings = {
  responders: [
    {
      id: RESPONDER,
      name: "responder-1",
      state: "connected",
      setup: {
        name: "responder-1",
        subject: "user.get",
        queue: null,
        handler: { kind: "builtin", id: "echo" },
        delay: { kind: "none" },
        handling: "concurrent",
        errorShare: 0,
        dropShare: 0,
      },
    },
  ],
  requesters: [],
  page: { tab: "", exchange: null, peer: null, serverConnected: true, comparison: null },
  nameOf: String,
  cases: () => ({ met: 0, failed: 0, of: 0 }),
};

/** One call of the page that the responder answers. */
function roundTrip(record: TrafficRecord, number: number): void {
  const reply = `_INBOX.a.${number}`;
  const at = number * 10;
  const link = 2 ** 32 + number;
  const replied = OUTCOMES.indexOf("replied");
  const asks = [
    { kind: "called", at, link },
    { kind: "attempted", at, reply, link, subject: "user.get" },
    { kind: "sent", at, reply, subject: "user.get", payload: `{"user_id":${number}}` },
  ] as const;
  fold(record, batchOf(asks), CLIENT, 0);
  serve(record, reply, at + 1);
  const ends = [
    { kind: "arrived", at: at + 5, reply, payload: "{}" },
    { kind: "settled", at: at + 5, reply, code: replied },
    { kind: "concluded", at: at + 5, reply, link, code: replied },
  ] as const;
  fold(record, batchOf(ends), CLIENT, 0);
}

function serve(record: TrafficRecord, reply: string, at: number): void {
  const works = [
    { kind: "delivered", at, reply, subject: "user.get", payload: '{"user_id":7}' },
    { kind: "handling", at, reply },
    { kind: "answered", at: at + 1, reply, payload: "{}" },
    { kind: "handled", at: at + 1, reply },
  ] as const;
  fold(record, batchOf(works), RESPONDER, 0);
}

test("a step sees what was recorded since it began, and nothing from before", () => {
  const record = createRecord();
  roundTrip(record, 1);
  const mark = markOf(record);
  expect(viewSince(record, mark, around).exchanges).toEqual([]);
  roundTrip(record, 2);
  roundTrip(record, 3);
  const seen = viewSince(record, mark, around);
  expect(seen.talks.map(({ asked }) => asked)).toEqual([{ user_id: 3 }, { user_id: 2 }]);
  expect(seen.counts.calls).toMatchObject({ started: 2, inFlight: 0, outcomes: { replied: 2 } });
  expect(seen.responder("responder-1")?.tally).toMatchObject({ received: 2, replied: 2 });
});

test("a program elsewhere counts: what a responder of the page answered it is seen", () => {
  const record = createRecord();
  const mark = markOf(record);
  serve(record, "_INBOX.elsewhere.1", 100);
  const [talk] = viewSince(record, mark, around).talks;
  expect(talk).toMatchObject({ asked: { user_id: 7 }, answered: {}, exchange: { requester: null } });
});

test("after a reset of the record a step counts from the reset", () => {
  const record = createRecord();
  for (const number of [1, 2, 3]) roundTrip(record, number);
  const mark = markOf(record);
  clear(record);
  roundTrip(record, 4);
  const seen = viewSince(record, mark, around);
  expect(seen.counts.calls.started).toBe(1);
  expect(seen.exchanges).toHaveLength(1);
  expect(seen.responder("responder-1")?.tally.received).toBe(1);
});

test("however much there is, what is looked at is bounded, and the counts are exact", () => {
  const record = createRecord();
  const mark = markOf(record);
  for (let number = 1; number <= 1500; number++) roundTrip(record, number);
  const seen = viewSince(record, mark, around);
  expect(seen.exchanges).toHaveLength(1000);
  expect(seen.exchanges[0]?.seq).toBe(1500);
  expect(seen.talks).toHaveLength(100);
  expect(seen.counts.calls.started).toBe(1500);
});

test("what begins after a step's end is not of the step, and what is settled then still is", () => {
  const record = createRecord();
  const mark = markOf(record);
  roundTrip(record, 1);
  const end = markOf(record);
  roundTrip(record, 2);
  const seen = viewSince(record, mark, around, end);
  expect(seen.exchanges.map(({ seq }) => seq)).toEqual([1]);
  expect(seen.talks).toHaveLength(1);
  expect(viewSince(record, mark, around).exchanges).toHaveLength(2);
});

import { expect, test } from "vitest";
import { FLAG } from "../events/events.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { exchangeRange, readExchange } from "../exchanges/readExchange.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { groupByTree } from "./rowTrees.ts";

const CLIENT = 1;
const GATEWAY = 2;

const asked = (reply: string, at: number, link: number): WrittenEvent[] => [
  { kind: "attempted", at, reply, link, subject: "s" },
  { kind: "sent", at, reply, subject: "s" },
];

/** A call of two attempts, each of which makes its handler ask; another call begins between them. */
function recordOfTwoCalls(): TrafficRecord {
  const record = createRecord();
  const handled = (reply: string, at: number): void =>
    fold(
      record,
      batchOf([
        { kind: "delivered", at, reply, subject: "s" },
        { kind: "handling", at, reply },
      ]),
      GATEWAY,
      0,
    );
  const nested = (of: string, reply: string, at: number): void =>
    fold(
      record,
      batchOf([
        { kind: "attempted", at, link: replyKeyOf(of), flags: FLAG.nested, reply, subject: "t" },
        { kind: "sent", at, reply, subject: "t" },
      ]),
      GATEWAY,
      0,
    );
  const timedOut = { kind: "settled", at: 20, reply: "first", code: outcomeCode("timedOut") } as const;
  fold(record, batchOf([{ kind: "called", at: 1, link: 1 }, ...asked("first", 1, 1)]), CLIENT, 0);
  handled("first", 2);
  fold(record, batchOf([{ kind: "called", at: 3, link: 2 }, ...asked("other", 3, 2)]), CLIENT, 0);
  nested("first", "first.nested", 4);
  fold(record, batchOf([timedOut, ...asked("second", 21, 1)]), CLIENT, 0);
  handled("second", 22);
  nested("second", "second.nested", 23);
  return record;
}

test("attempts of a call and what their handlers asked stand together, as deep as they were asked", () => {
  const record = recordOfTwoCalls();
  const { first, last } = exchangeRange(record);
  const rows = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const grouped = groupByTree(record, rows);
  expect(grouped.rows.map((seq) => readExchange(record, seq)?.reply)).toEqual([
    "first",
    "first.nested",
    "second",
    "second.nested",
    "other",
  ]);
  expect([...grouped.depths]).toEqual([0, 1, 0, 1, 0]);
  expect(grouped.trees).toEqual([{ first: 0, count: 4 }]);
});

test("a row whose tree begins out of sight still stands with the others of it", () => {
  const record = recordOfTwoCalls();
  const { last } = exchangeRange(record);
  const grouped = groupByTree(record, [2, 3, last - 1, last]);
  expect(grouped.rows.map((seq) => readExchange(record, seq)?.reply)).toEqual([
    "other",
    "first.nested",
    "second",
    "second.nested",
  ]);
});

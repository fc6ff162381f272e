import { expect, test } from "vitest";
import { clear, createRecord } from "./createRecord.ts";
import { fold } from "./fold.ts";
import { RecordCursor } from "./recordCursor.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import type { TrafficRecord } from "./trafficRecord.ts";

const replyOf = (n: number): string => `_INBOX.a.${n}`;
const asked = (n: number): WrittenEvent[] => [
  { kind: "attempted", at: n, link: n, code: 1000, reply: replyOf(n), subject: "s" },
  { kind: "sent", at: n, reply: replyOf(n), subject: "s" },
];
const tell = (record: TrafficRecord, events: WrittenEvent[], peer = 1): void =>
  fold(record, batchOf(events), peer, 0);
const newSeqs = (cursor: RecordCursor): number[] => {
  const { firstNewSeq, lastSeq } = cursor.next();
  return Array.from({ length: Math.max(0, lastSeq - firstNewSeq + 1) }, (_, place) => firstNewSeq + place);
};

test("new exchanges are told once, those from before only to whoever wants everything", () => {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 4096 });
  tell(record, asked(1));
  const all = new RecordCursor(record);
  const fromNow = new RecordCursor(record, "now");
  tell(record, [...asked(2), ...asked(3)]);
  expect(newSeqs(all)).toEqual([1, 2, 3]);
  expect(newSeqs(fromNow)).toEqual([2, 3]);
  expect(newSeqs(fromNow)).toEqual([]);
});

test("of exchanges that one follows, those are told of which anything changed", () => {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 4096 });
  const cursor = new RecordCursor(record, "now");
  tell(record, [...asked(1), ...asked(2), ...asked(3)]);
  expect([...cursor.touched([2, 3])]).toEqual([2, 3]);
  tell(record, [{ kind: "delivered", at: 5, reply: replyOf(2), subject: "s" }], 2);
  tell(record, [{ kind: "delivered", at: 5, reply: replyOf(1), subject: "s" }], 2);
  expect([...cursor.touched([2, 3])]).toEqual([2]);
  expect([...cursor.touched([2, 3])]).toEqual([]);
});

test("what is evicted is no longer told, and that a record was emptied is told once", () => {
  const record = createRecord({ events: 64, exchanges: 4, textBytes: 4096 });
  const cursor = new RecordCursor(record);
  for (let n = 1; n <= 6; n++) tell(record, asked(n));
  expect(cursor.next()).toMatchObject({ emptied: false, firstSeq: 3, firstNewSeq: 3, lastSeq: 6 });
  expect([...cursor.touched([1, 2, 3])]).toEqual([3]);
  clear(record);
  expect(cursor.next()).toMatchObject({ emptied: true, afresh: true });
  expect(newSeqs(cursor)).toEqual([]);
  tell(record, asked(7));
  expect(cursor.next()).toMatchObject({ emptied: false, firstNewSeq: 7, lastSeq: 7 });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { outcomeCode } from "../../../domain/events/outcomes.ts";
import { clear, createRecord } from "../../../domain/record/createRecord.ts";
import { fold } from "../../../domain/record/fold.ts";
import { batchOf, type WrittenEvent } from "../../../domain/record/testing.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import type { RowIndex } from "../../lists/rows.ts";
import { createExchangeIndex } from "./exchangeIndex.ts";
import { filterOf, type MessageFilter } from "./messageFilter.ts";

const LATE: MessageFilter = { text: "", traits: new Set(["late"]) };
const TIMED_OUT = outcomeCode("timedOut");

const all = (index: RowIndex): (number | undefined)[] =>
  Array.from({ length: index.count }, (_, place) => index.at(place));

const asked = (n: number, at: number): WrittenEvent[] => {
  const about = { reply: `_INBOX.a.${n}`, subject: "s" };
  return [
    { kind: "called", at, link: n },
    { kind: "attempted", at, link: n, size: 1, code: 100, ...about },
    { kind: "sent", at, ...about },
  ];
};

const timedOut = (n: number, at: number): WrittenEvent[] => [
  { kind: "settled", at, reply: `_INBOX.a.${n}`, code: TIMED_OUT },
  { kind: "concluded", at, reply: `_INBOX.a.${n}`, link: n, code: TIMED_OUT },
];

const late = (n: number, at: number): WrittenEvent => ({
  kind: "arrived",
  at,
  reply: `_INBOX.a.${n}`,
  payload: "x",
});

/** What an index has to hold. */
function wanted(record: TrafficRecord, isWanted: (seq: number) => boolean): number[] {
  const { exchanges } = record;
  const seqs = [...exchanges.rows.keys()].map((key) => exchanges.rows.values[exchanges.rows.find(key)] ?? 0);
  const at = (seq: number): number => exchanges.firstAt[seq % exchanges.capacity] ?? 0;
  return seqs.filter(isWanted).sort((a, b) => at(b) - at(a) || b - a);
}

test("all 5,000 late replies are found, however many exchanges came since they timed out", () => {
  const record = createRecord({ events: 65_536, exchanges: 8192, textBytes: 1 << 16 });
  const index = createExchangeIndex(record, filterOf(record, LATE));
  for (let n = 1; n <= 5000; n++) fold(record, batchOf([...asked(n, n), ...timedOut(n, n + 100)]), 1, 0);
  index.advance(100);
  expect(index.count).toBe(0);
  for (let n = 1; n <= 5000; n++) fold(record, batchOf([late(n, 20_000 + n)]), 1, 0);
  index.advance(100);
  expect(index.count).toBe(5000);
  expect([index.at(0), index.at(4999)]).toEqual([5000, 1]);
});

test("rows are in the order of their times, whoever tells of its requests first", () => {
  const record = createRecord({ events: 1024, exchanges: 64, textBytes: 4096 });
  const index = createExchangeIndex(record, () => true);
  fold(record, batchOf([...asked(1, 30), ...asked(2, 50)]), 1, 0);
  index.advance(10);
  fold(record, batchOf([...asked(3, 10), ...asked(4, 40)]), 2, 0);
  index.advance(10);
  expect(all(index)).toEqual([2, 4, 1, 3]);
});

test("an index kept up to date in steps is the one made anew, also while exchanges are evicted and the record is emptied", () => {
  const step = fc.record({
    peer: fc.constantFrom(1, 2, 3),
    what: fc.constantFrom("ask", "ask", "ask", "end", "late", "empty"),
    which: fc.nat(30),
    at: fc.nat(40),
    budget: fc.integer({ min: -1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, everything) => {
      const record = createRecord({ events: 256, exchanges: 12, textBytes: 4096 });
      const isWanted = everything ? () => true : filterOf(record, LATE);
      const index = createExchangeIndex(record, isWanted);
      const owners: number[] = [];
      let now = 100;
      for (const { peer, what, which, at, budget } of steps) {
        now += 3;
        const n = owners.length === 0 ? 0 : (which % owners.length) + 1;
        const owner = owners[n - 1] ?? peer;
        if (what === "ask") fold(record, batchOf(asked(owners.push(peer), now - at)), peer, 0);
        else if (what === "empty" && which < 3) clear(record);
        else if (what === "end" && n > 0) fold(record, batchOf(timedOut(n, now)), owner, 0);
        else if (what === "late" && n > 0) fold(record, batchOf([late(n, now)]), owner, 0);
        if (budget >= 0) index.advance(budget);
      }
      index.advance(Infinity);
      expect(all(index)).toEqual(wanted(record, isWanted));
      expect(all(index).map((seq) => index.newerThan(seq ?? 0))).toEqual([...all(index).keys()]);
    }),
  );
});

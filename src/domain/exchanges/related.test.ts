import { expect, test } from "vitest";
import { FLAG } from "../events/events.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { findExchange } from "./readExchange.ts";
import { attemptsOf, relatedExchanges } from "./related.ts";

const CLIENT = 1;
const GATEWAY = 2;

const asked = (reply: string, at: number, link: number, size = 1): WrittenEvent[] => [
  { kind: "attempted", at, reply, link, size, code: 2000, subject: "s" },
  { kind: "sent", at, reply, subject: "s" },
];

/** So many requests of somebody else, which come between. */
const others = (count: number, at: number): WrittenEvent[] =>
  Array.from({ length: count }, (_, n) => asked(`_INBOX.other.${n}`, at, 1_000_000 + n)).flat();

test("what a handler asks belongs to its request, however many requests come between", () => {
  const record = createRecord({ events: 65_536, exchanges: 8192, textBytes: 1 << 20 });
  const reply = "_INBOX.c.1";
  fold(record, batchOf([{ kind: "called", at: 1, link: 1 }, ...asked(reply, 1, 1)]), CLIENT, 0);
  fold(
    record,
    batchOf([
      { kind: "delivered", at: 2, reply, subject: "s" },
      { kind: "handling", at: 2, reply },
    ]),
    GATEWAY,
    0,
  );
  const nested = (n: number, at: number): WrittenEvent[] => {
    const about = { reply: `_INBOX.g.${n}`, subject: "t" };
    return [
      { kind: "attempted", at, link: replyKeyOf(reply), flags: FLAG.nested, code: 1000, ...about },
      { kind: "sent", at, ...about },
    ];
  };
  fold(record, batchOf(nested(1, 3)), GATEWAY, 0);
  fold(record, batchOf(others(3000, 4)), 3, 0);
  fold(record, batchOf(nested(2, 5)), GATEWAY, 0);
  const exchange = findExchange(record, replyKeyOf(reply));
  const family = relatedExchanges(record, exchange?.seq ?? 0).map((each) => each.reply);
  expect(family).toEqual([reply, "_INBOX.g.1", "_INBOX.g.2"]);
  // From any of them.
  const last = findExchange(record, replyKeyOf("_INBOX.g.2"));
  expect(relatedExchanges(record, last?.seq ?? 0).map((each) => each.reply)).toEqual(family);
});

test("attempts of one call belong together, however many requests come between", () => {
  const record = createRecord({ textBytes: 1 << 20 });
  const attempt = (n: number, at: number): WrittenEvent[] => [
    ...asked(`_INBOX.c.${n}`, at, 1, n),
    { kind: "settled", at: at + 1, reply: `_INBOX.c.${n}`, code: outcomeCode("timedOut") },
  ];
  fold(record, batchOf([{ kind: "called", at: 1, link: 1 }, ...attempt(1, 1)]), CLIENT, 0);
  fold(record, batchOf(others(25_000, 3)), 3, 0);
  fold(record, batchOf(attempt(2, 5)), CLIENT, 0);
  fold(record, batchOf(attempt(3, 9)), CLIENT, 0);
  for (const n of [1, 2, 3]) {
    const exchange = findExchange(record, replyKeyOf(`_INBOX.c.${n}`));
    expect(exchange && attemptsOf(record, exchange).map((each) => each.attempt)).toEqual([1, 2, 3]);
  }
});

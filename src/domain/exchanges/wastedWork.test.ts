import { expect, test } from "vitest";
import { fold } from "../record/fold.ts";
import { WastedWorkIndex } from "./wastedWork.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { createRecord } from "../record/createRecord.ts";

const CLIENT = 1;

/** One exchange: who answers when and after how long, and when the requester settles. */
function exchange(
  record: ReturnType<typeof createRecord>,
  reply: string,
  at: number,
  answers: readonly (readonly [peer: number, afterMs: number])[],
  timedOutAfter: number | null,
): void {
  const link = record.calls.started + 1;
  const client: WrittenEvent[] = [
    { kind: "called", at, link },
    { kind: "attempted", at, reply, link, code: 100, subject: "s" },
    { kind: "sent", at, reply, subject: "s" },
  ];
  fold(record, batchOf(client), CLIENT, 0);
  for (const [peer, ms] of answers) {
    const events: WrittenEvent[] = [
      { kind: "delivered", at: at + 1, reply, subject: "s" },
      { kind: "handling", at: at + 1, reply },
      { kind: "handled", at: at + 1 + ms, reply },
      { kind: "answered", at: at + 1 + ms, reply, payload: String(peer) },
    ];
    fold(record, batchOf(events), peer, 0);
  }
  const end = (after: number, outcome: "replied" | "timedOut"): WrittenEvent => ({
    kind: "settled",
    at: at + after,
    reply,
    code: outcomeCode(outcome),
  });
  const arrived = answers.map(([peer, ms]): WrittenEvent => ({
    kind: "arrived",
    at: at + 2 + ms,
    reply,
    payload: String(peer),
  }));
  const all =
    timedOutAfter === null
      ? [...arrived.slice(0, 1), end((answers[0]?.[1] ?? 0) + 2, "replied"), ...arrived.slice(1)]
      : [end(timedOutAfter, "timedOut"), ...arrived];
  fold(record, batchOf(all), CLIENT, 0);
}

test("counts the handlers whose reply nobody took, and their time, for each responder", () => {
  const record = createRecord({ events: 1024, exchanges: 64 });
  exchange(record, "_INBOX.a.1", 1000, [[2, 10]], null);
  exchange(
    record,
    "_INBOX.a.2",
    2000,
    [
      [2, 10],
      [3, 30],
    ],
    null,
  );
  exchange(record, "_INBOX.a.3", 3000, [[3, 200]], 100);
  const index = new WastedWorkIndex(record);
  expect(index.advance(100)).toBe(true);
  expect(index.of(2)).toEqual({ handlers: 0, ms: 0 });
  expect(index.of(3)).toEqual({ handlers: 2, ms: 230 });
  exchange(record, "_INBOX.a.4", 4000, [[2, 150]], 100);
  index.advance(100);
  index.advance(100);
  expect(index.total).toEqual({ handlers: 3, ms: 380 });
  // Counted as the record counts them.
  expect(record.late + record.duplicate).toBe(3);
});

test("lets go of what the record has let go of", () => {
  const record = createRecord({ events: 1024, exchanges: 4 });
  for (let n = 0; n < 10; n++) exchange(record, `_INBOX.a.${n}`, (n + 1) * 1000, [[2, 200]], 100);
  const index = new WastedWorkIndex(record);
  index.advance(100);
  expect(index.total.handlers).toBe(4);
  for (let n = 10; n < 12; n++) exchange(record, `_INBOX.a.${n}`, (n + 1) * 1000, [[2, 1]], null);
  index.advance(100);
  expect(index.total.handlers).toBe(2);
});

test("all late replies count, however many exchanges came since they timed out", () => {
  const record = createRecord({ events: 65_536, exchanges: 8192 });
  const index = new WastedWorkIndex(record);
  const reply = (n: number): string => `_INBOX.a.${n}`;
  for (let n = 1; n <= 5000; n++) {
    const about = { reply: reply(n), subject: "s" };
    fold(
      record,
      batchOf([
        { kind: "called", at: n, link: n },
        { kind: "attempted", at: n, link: n, code: 100, size: 1, ...about },
        { kind: "sent", at: n, ...about },
        { kind: "settled", at: n + 100, reply: reply(n), code: outcomeCode("timedOut") },
      ]),
      CLIENT,
      0,
    );
  }
  index.advance(100);
  for (let n = 1; n <= 5000; n++) {
    const at = 20_000 + n;
    const told: WrittenEvent[] = [
      { kind: "delivered", at, reply: reply(n), subject: "s" },
      { kind: "handling", at, reply: reply(n) },
      { kind: "handled", at: at + 2, reply: reply(n) },
      { kind: "answered", at: at + 2, reply: reply(n), payload: "x" },
    ];
    fold(record, batchOf(told), 2, 0);
    fold(record, batchOf([{ kind: "arrived", at: at + 3, reply: reply(n), payload: "x" }]), CLIENT, 0);
  }
  index.advance(100);
  expect(index.of(2)).toEqual({ handlers: 5000, ms: 10_000 });
});

import { expect, it } from "vitest";
import { fold } from "../record/fold.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { batchOf } from "../record/testing.ts";
import { failedBefore, readUnsentCall } from "./unsentCall.ts";
import { createRecord } from "../record/createRecord.ts";

const REPLY = "_INBOX.abc.1";

function recorded() {
  const record = createRecord({ events: 64, exchanges: 16, textBytes: 4096 });
  const events = batchOf([
    { kind: "called", at: 1, link: 1 },
    { kind: "attempted", at: 1, reply: REPLY, link: 1, code: 100, subject: "user.get" },
    { kind: "settled", at: 101, reply: REPLY, code: outcomeCode("timedOut") },
    { kind: "concluded", at: 101, reply: REPLY, link: 1, code: outcomeCode("timedOut") },
    { kind: "called", at: 200, link: 2 },
    {
      kind: "concluded",
      at: 200,
      link: 2,
      code: outcomeCode("shortCircuited"),
      reason: { kind: "breakerOpen" },
    },
  ]);
  fold(record, events, 7, 0);
  return record;
}

it("reads a call of which nothing was published from the event that concluded it", () => {
  const call = readUnsentCall(recorded(), 6);
  expect(call).toEqual({
    at: 200,
    requester: 7,
    outcome: "shortCircuited",
    reason: { kind: "breakerOpen" },
    made: 0,
    barred: false,
  });
});

it("reads nothing from other events, or from one that was evicted", () => {
  expect(readUnsentCall(recorded(), 5)).toBeUndefined();
  expect(readUnsentCall(recorded(), 600)).toBeUndefined();
});

it("finds what failed before it, of the same requester", () => {
  expect(failedBefore(recorded(), 7, 200)).toBe(1);
  expect(failedBefore(recorded(), 7, 100)).toBeNull();
  expect(failedBefore(recorded(), 8, 200)).toBeNull();
});

it("finds it however many requests come between, and the one that failed last", () => {
  const record = createRecord({ events: 16_384, exchanges: 4096, textBytes: 1 << 20 });
  const asked = (n: number, at: number, outcome: "timedOut" | "replied") => [
    { kind: "attempted", at, reply: `_INBOX.abc.${n}`, link: n, code: 100, subject: "s" } as const,
    { kind: "settled", at: at + 1, reply: `_INBOX.abc.${n}`, code: outcomeCode(outcome) } as const,
  ];
  fold(record, batchOf([...asked(1, 10, "timedOut"), ...asked(2, 20, "timedOut")]), 7, 0);
  for (let n = 3; n <= 2002; n++) fold(record, batchOf(asked(n, 30, "replied")), 7, 0);
  expect(failedBefore(record, 7, 200)).toBe(2);
  expect(failedBefore(record, 7, 15)).toBe(1);
});

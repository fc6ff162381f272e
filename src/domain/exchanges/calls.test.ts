import { describe, expect, test } from "vitest";
import { breakerOf } from "../record/breakers.ts";
import { callOf, backoffsOf, lastCalls } from "./calls.ts";
import { readCounters } from "../record/counters.ts";
import { BREAKER_STATES, FLAG, type PeerId } from "../events/events.ts";
import { fold, foldState } from "../record/fold.ts";
import { type Outcome, outcomeCode } from "../events/outcomes.ts";
import { findExchange } from "./readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { createRecord } from "../record/createRecord.ts";

const ASKER: PeerId = 1;
const CALL = 7;
const FIRST = "_INBOX.a.1";
const SECOND = "_INBOX.a.2";

function recordOf(...events: WrittenEvent[]): TrafficRecord {
  const record = createRecord({ events: 256, exchanges: 16, textBytes: 4096 });
  for (const event of events) fold(record, batchOf([event]), ASKER, 0);
  return record;
}

const attempt = (reply: string, at: number, size: number): WrittenEvent[] => [
  { kind: "attempted", at, link: CALL, code: 300, size, reply, subject: "user.get" },
  { kind: "sent", at, reply, subject: "user.get", payload: "ask" },
];
const settled = (reply: string, at: number, outcome: Outcome): WrittenEvent => ({
  kind: "settled",
  at,
  reply,
  code: outcomeCode(outcome),
});
const FAILED: WrittenEvent[] = [
  { kind: "called", at: 1000, link: CALL },
  ...attempt(FIRST, 1000, 1),
  settled(FIRST, 1300, "timedOut"),
  { kind: "backoff", at: 1300, reply: FIRST, link: CALL, code: 1000, size: 2 },
];
const RETRIED: WrittenEvent[] = [
  ...FAILED,
  ...attempt(SECOND, 2300, 2),
  { kind: "arrived", at: 2310, reply: SECOND, payload: "yes" },
  settled(SECOND, 2310, "replied"),
  { kind: "concluded", at: 2310, reply: SECOND, link: CALL, code: outcomeCode("replied") },
];

const callAt = (record: TrafficRecord, reply: string) => {
  const exchange = findExchange(record, replyKeyOf(reply));
  return exchange && callOf(record, exchange);
};

describe("a call with several attempts", () => {
  test("is told whole from any of its attempts", () => {
    const record = recordOf(...RETRIED);
    for (const reply of [FIRST, SECOND]) {
      expect(callAt(record, reply)).toMatchObject({
        calledAt: 1000,
        concludedAt: 2310,
        outcome: "replied",
        waits: null,
        attempts: [
          { attempt: 1, outcome: "timedOut", backoff: { at: 1300, ms: 1000, attempt: 2 } },
          { attempt: 2, outcome: "replied", backoff: null },
        ],
      });
    }
    expect(readCounters(record).calls).toMatchObject({ started: 1, inFlight: 0 });
    expect(readCounters(record).exchanges).toMatchObject({ started: 2, inFlight: 0 });
  });

  test("waits for its next attempt until that begins, the call ends, or its requester does", () => {
    const waiting = recordOf(...FAILED);
    expect(callAt(waiting, FIRST)).toMatchObject({ outcome: null, waits: { attempt: 2, until: 2300 } });
    expect(backoffsOf(waiting, ASKER)).toEqual({ count: 1, next: 2300 });
    expect(readCounters(waiting).calls.inFlight).toBe(1);
    expect(readCounters(waiting).exchanges.inFlight).toBe(0);
    expect(backoffsOf(recordOf(...RETRIED), ASKER)).toBeNull();

    const cancelled = recordOf(...FAILED, {
      kind: "concluded",
      at: 1400,
      reply: FIRST,
      link: CALL,
      code: outcomeCode("cancelled"),
    });
    expect(backoffsOf(cancelled, ASKER)).toBeNull();
    expect(callAt(cancelled, FIRST)).toMatchObject({ outcome: "cancelled", waits: null });

    foldState(waiting, ASKER, "killed", 1500, null);
    expect(backoffsOf(waiting, ASKER)).toBeNull();
    expect(readCounters(waiting).calls).toMatchObject({ inFlight: 0, outcomes: { connectionLost: 1 } });
  });
});

describe("replies that are gathered", () => {
  const gathering: WrittenEvent[] = [
    { kind: "called", at: 1000, link: CALL },
    ...attempt(FIRST, 1000, 1).map((event) => ({ ...event, flags: FLAG.gathers })),
    ...["one", "two", "three"].map((payload): WrittenEvent => ({
      kind: "arrived",
      at: 1010,
      reply: FIRST,
      payload,
    })),
  ];
  const verdicts = (record: TrafficRecord) =>
    findExchange(record, replyKeyOf(FIRST))?.arrivals.map(({ verdict }) => verdict);

  test("are all taken while it lasts", () => {
    const record = recordOf(...gathering);
    expect(verdicts(record)).toEqual(["taken", "taken", "taken"]);
    expect(readCounters(record)).toMatchObject({ late: 0, duplicate: 0 });
  });

  test("are late beyond those that were wanted, whether they came in one breath with the last or after it", () => {
    const record = recordOf(
      ...gathering,
      { ...settled(FIRST, 1011, "replied"), link: 2 },
      { kind: "arrived", at: 1500, reply: FIRST, payload: "four" },
    );
    expect(verdicts(record)).toEqual(["taken", "taken", "late", "late"]);
    expect(readCounters(record)).toMatchObject({ late: 2, duplicate: 0 });
  });
});

test("a breaker stands as its last change says, and ends with its worker", () => {
  const change = (at: number, state: (typeof BREAKER_STATES)[number], link = 0): WrittenEvent => ({
    kind: "breaker",
    at,
    link,
    code: BREAKER_STATES.indexOf(state),
    size: 3,
  });
  expect(breakerOf(recordOf(), ASKER)).toBeUndefined();
  const record = recordOf(change(1000, "open", 5000));
  expect(breakerOf(record, ASKER)).toEqual({ state: "open", since: 1000, failures: 3, trialFrom: 6000 });
  fold(record, batchOf([change(6100, "halfOpen")]), ASKER, 0);
  expect(breakerOf(record, ASKER)).toMatchObject({ state: "halfOpen", trialFrom: null });
  foldState(record, ASKER, "killed", 6200, null);
  expect(breakerOf(record, ASKER)).toMatchObject({ state: "closed", since: 6200 });
});

test("the last call of each requester is found however many requests of others come after it", () => {
  const record = recordOf(...RETRIED);
  const nested: WrittenEvent = {
    kind: "attempted",
    at: 3000,
    link: 99,
    flags: FLAG.nested,
    reply: "_INBOX.b.0",
  };
  fold(record, batchOf([nested]), ASKER, 0);
  for (let n = 1; n <= 8; n++) {
    const reply = `_INBOX.b.${n}`;
    fold(record, batchOf([{ kind: "attempted", at: 3000 + n, link: 100 + n, size: 1, reply }]), 2, 0);
  }
  expect(lastCalls(record)).toEqual(
    new Map([
      [ASKER, 2],
      [2, 11],
    ]),
  );
});

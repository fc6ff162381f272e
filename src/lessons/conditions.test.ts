import { describe, expect, test } from "vitest";
import { fold } from "../domain/record/fold.ts";
import { OUTCOMES, type Outcome } from "../domain/events/outcomes.ts";
import type { TrafficRecord } from "../domain/record/trafficRecord.ts";
import { batchOf } from "../domain/record/testing.ts";
import type { Lesson } from "./lesson.ts";
import { markOf, viewSince, type Surroundings } from "./lessonView.ts";
import { lesson as manyAtOnce } from "./content/manyAtOnce.ts";
import { lesson as sharingTheLoad } from "./content/sharingTheLoad.ts";
import { lesson as whenNobodyAnswers } from "./content/whenNobodyAnswers.ts";
import { createRecord } from "../domain/record/createRecord.ts";

const CLIENT = 1;

/** What a scenario puts up: requesters from 1, responders from 11. */
function around({ scenario }: Lesson): Surroundings {
  return {
    requesters: scenario.requesters.map((setup, index) => ({
      id: index + 1,
      name: setup.name,
      setup,
      state: "connected",
      underLoad: false,
    })),
    responders: scenario.responders.map((setup, index) => ({
      id: index + 11,
      name: setup.name,
      setup,
      state: "connected",
    })),
    page: { tab: "", exchange: null, peer: null, serverConnected: true, comparison: null },
    nameOf: String,
    cases: () => ({ met: 0, failed: 0, of: 0 }),
  };
}

interface Written {
  readonly reply: string;
  readonly subject: string;
  readonly from: number;
  readonly call?: number;
  readonly works: readonly {
    readonly peer: number;
    readonly from: number;
    readonly to: number;
    readonly answer?: string;
  }[];
  /** When the requester was done with it, and how. */
  readonly end: number;
  readonly outcome: Outcome;
}

function write(
  record: TrafficRecord,
  { reply, subject, from, call = 1, works, end, outcome }: Written,
): void {
  const asks = [
    { kind: "attempted", at: from, reply, link: 2 ** 32 + call, subject },
    { kind: "sent", at: from, reply, subject, payload: "{}" },
  ] as const;
  fold(record, batchOf(asks), CLIENT, 0);
  for (const { peer, from, to, answer = "{}" } of works) {
    const served = [
      { kind: "delivered", at: from, reply, subject, payload: "{}" },
      { kind: "handling", at: from, reply },
      { kind: "answered", at: to, reply, payload: answer },
      { kind: "handled", at: to, reply },
    ] as const;
    fold(record, batchOf(served), peer, 0);
  }
  const settled = { kind: "settled", at: end, reply, code: OUTCOMES.indexOf(outcome) } as const;
  const arrived = works.map(
    ({ to, answer = "{}" }) => ({ kind: "arrived", at: to, reply, payload: answer }) as const,
  );
  fold(record, batchOf([...arrived, settled].sort((a, b) => a.at - b.at)), CLIENT, 0);
}

/** Whether a step is done after what was written. */
function isDone(lesson: Lesson, step: string, written: readonly Written[]): boolean {
  const record = createRecord();
  const mark = markOf(record);
  for (const each of written) write(record, each);
  const result = lesson.steps
    .find(({ id }) => id === step)
    ?.condition(viewSince(record, mark, around(lesson)));
  if (result === undefined) throw new Error(`there is no step ${step}`);
  return typeof result === "boolean" ? result : result.done >= result.of;
}

const WORK_MS = 200;
const burst = (count: number, work: (n: number) => { from: number; to: number }): Written[] =>
  Array.from({ length: count }, (_, n) => ({
    reply: `_INBOX.a.${n}`,
    subject: "user.get",
    from: 1000 + n,
    call: n + 1,
    works: [{ peer: 11, ...work(n) }],
    end: work(n).to,
    outcome: "replied",
  }));
const oneAtATime = (count: number) =>
  burst(count, (n) => ({ from: 1010 + n * WORK_MS, to: 1010 + (n + 1) * WORK_MS }));
const concurrent = (count: number) => burst(count, () => ({ from: 1010, to: 1010 + WORK_MS }));

describe("Many at once", () => {
  test.each([
    ["one-at-a-time", "ten one after another", oneAtATime(10), true],
    ["one-at-a-time", "ten at the same time", concurrent(10), false],
    ["one-at-a-time", "nine one after another", oneAtATime(9), false],
    ["concurrent", "ten at the same time", concurrent(10), true],
    ["concurrent", "ten one after another", oneAtATime(10), false],
    ["concurrent", "nine at the same time", concurrent(9), false],
  ] as const)("%s: %s", (step, _words, written, done) => {
    expect(isDone(manyAtOnce, step, written)).toBe(done);
  });
});

describe("Sharing the load", () => {
  const asked = (count: number, peers: (n: number) => number[]): Written[] =>
    Array.from({ length: count }, (_, n) => ({
      reply: `_INBOX.a.${n}`,
      subject: "user.get",
      from: 1000 + n,
      call: n + 1,
      works: peers(n).map((peer) => ({ peer, from: 1001 + n, to: 1002 + n })),
      end: 1002 + n,
      outcome: "replied",
    }));
  const everyone = asked(30, () => [11, 12, 13]);
  const shared = asked(30, (n) => [11 + (n % 3)]);
  const two = asked(60, (n) => [11 + (n % 2)]);
  test.each([
    ["everyone", "a request to all three", everyone.slice(0, 1), true],
    ["everyone", "requests to one each", shared, false],
    ["shared", "30 to one of three each", shared, true],
    ["shared", "29 to one of three each", shared.slice(0, 29), false],
    ["shared", "60 to two of three", two, false],
    ["shared", "30 to all three", everyone, false],
  ] as const)("%s: %s", (step, _words, written, done) => {
    expect(isDone(sharingTheLoad, step, written)).toBe(done);
  });
});

describe("When nobody answers", () => {
  const paid = (...bookings: readonly (readonly [call: number, booked: number])[]): Written[] =>
    bookings.map(([call, booked], n) => ({
      reply: `_INBOX.a.${n}`,
      subject: "payment.process",
      from: 1000 + n * 500,
      call,
      works: [{ peer: 12, from: 1001 + n * 500, to: 1600 + n * 500, answer: `{"booked":${booked}}` }],
      end: 1400 + n * 500,
      outcome: "timedOut",
    }));
  test.each([
    ["twice", "two bookings for one call", paid([1, 1], [1, 2]), true],
    ["twice", "one booking for two attempts", paid([1, 1], [1, 1]), false],
    ["twice", "two calls", paid([1, 1], [2, 2]), false],
    ["once", "one booking for two attempts", paid([1, 1], [1, 1]), true],
    ["once", "two bookings for one call", paid([1, 1], [1, 2]), false],
    ["once", "one attempt", paid([1, 1]), false],
  ] as const)("%s: %s", (step, _words, written, done) => {
    expect(isDone(whenNobodyAnswers, step, written)).toBe(done);
  });

  const retried = (...starts: readonly number[]): Written[] =>
    starts.map((from, n) => ({
      reply: `_INBOX.a.${n}`,
      subject: "user.get",
      from,
      works: [],
      end: from + 300,
      outcome: "timedOut",
    }));
  test.each([
    ["waits that grow", retried(1000, 2300, 4600, 8900), true],
    ["an attempt that is to come", retried(1000, 2300, 4600), false],
    ["waits that are the same", retried(1000, 2300, 3600, 4900), false],
    ["two attempts", retried(1000, 2300), false],
  ] as const)("retry: %s", (_words, written, done) => {
    expect(isDone(whenNobodyAnswers, "retry", written)).toBe(done);
  });

  /** Attempts of one call, each waited for so long; the last one is answered. */
  const patient = (...waits: readonly number[]): Written[] =>
    waits.map((wait, n) => {
      const from = 1000 + n * 5000;
      const last = n === waits.length - 1;
      return {
        reply: `_INBOX.a.${n}`,
        subject: "user.get",
        from,
        works: [{ peer: 11, from: from + 1, to: from + (last ? wait : wait + 100) }],
        end: from + wait,
        outcome: last ? "replied" : "timedOut",
      };
    });
  test.each([
    ["timeouts that double, and then a reply", patient(300, 600, 700), true],
    ["a reply to the second", patient(300, 400), true],
    ["timeouts that are the same", patient(300, 300, 200), false],
    ["no reply at all", patient(300, 600, 700).slice(0, 2), false],
  ] as const)("doubling: %s", (_words, written, done) => {
    expect(isDone(whenNobodyAnswers, "doubling", written)).toBe(done);
  });
});

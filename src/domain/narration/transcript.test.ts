import { expect, test } from "vitest";
import { HANDLER_RESULTS, OUTSIDE, type PeerId } from "../events/events.ts";
import { readCounters } from "../record/counters.ts";
import { fold, foldState } from "../record/fold.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { transcriptOf } from "./transcript.ts";
import { clear, createRecord } from "../record/createRecord.ts";

type Told = readonly [PeerId, WrittenEvent];

const nameOf = (peer: PeerId): string =>
  peer === OUTSIDE ? "outside" : peer === 1 ? "client-1" : `responder-${peer - 1}`;

function recordOf(told: readonly Told[]): TrafficRecord {
  const record = createRecord({ events: 4096, exchanges: 512, textBytes: 1 << 16 });
  foldAll(record, told);
  return record;
}

function foldAll(record: TrafficRecord, told: readonly Told[]): void {
  for (const [peer, event] of told) fold(record, batchOf([event]), peer, 0);
}

const wordsOf = (record: TrafficRecord, limit = 100): string[] =>
  transcriptOf(record, limit, nameOf).map(({ words }) => words);

function roundTrip(n: number, at: number): Told[] {
  const about = { reply: `_INBOX.a.${n}`, subject: "user.get" };
  const { reply } = about;
  return [
    [1, { kind: "called", at, link: n }],
    [1, { kind: "attempted", at, link: n, code: 2000, ...about }],
    [1, { kind: "sent", at: at + 0.1, ...about }],
    // Its clock is a little slow.
    [2, { kind: "delivered", at: at - 0.3, ...about }],
    [2, { kind: "handled", at: at + 0.4, reply, code: HANDLER_RESULTS.indexOf("replied") }],
    [2, { kind: "answered", at: at + 0.5, reply, payload: "yes" }],
    [1, { kind: "arrived", at: at + 0.8, reply, payload: "yes" }],
    [1, { kind: "settled", at: at + 1, reply, code: outcomeCode("replied") }],
    [1, { kind: "concluded", at: at + 1, reply, link: n, code: outcomeCode("replied") }],
  ];
}

test("a round trip, from the subscription on, each line after what caused it", () => {
  const record = recordOf([
    [2, { kind: "subscribed", at: 4_000, code: 1, subject: "user.*", queue: "users" }],
    [1, { kind: "subscribed", at: 4_999, code: 1, subject: "_INBOX.a.*" }],
    ...roundTrip(1, 5_000),
  ]);
  expect(wordsOf(record)).toEqual([
    "responder-1 subscribes to user.* in queue group users.",
    "client-1 subscribes to its inbox, _INBOX.a.*.",
    "client-1 publishes a request to user.get.",
    "The server delivers the request on user.get to responder-1.",
    "responder-1 publishes its reply to the inbox.",
    "client-1 takes the reply of responder-1 after 1 ms.",
  ]);
  const lines = transcriptOf(record, 3, nameOf);
  expect(lines.map(({ seq, tone }) => [seq, tone])).toEqual([
    [1, "neutral"],
    [1, "neutral"],
    [1, "good"],
  ]);
});

test("a message on an inbox that answers no request is told, and counts as no late reply", () => {
  const record = recordOf([
    ...roundTrip(1, 5_000),
    [1, { kind: "arrived", at: 5_002, subject: "_INBOX.a.nobody", payload: "hello" }],
  ]);
  expect(wordsOf(record).at(-1)).toBe(
    "A message reaches the inbox of client-1 on a subject that no request had, and is dropped.",
  );
  expect(readCounters(record)).toMatchObject({ late: 0, duplicate: 0 });
});

test("a message without a reply subject is told, and many of one second are summed up", () => {
  const message = (at: number): Told => [2, { kind: "message", at, code: 1, subject: "user.created" }];
  expect(wordsOf(recordOf([message(5_000)]))).toEqual([
    "The server delivers a message without a reply subject, on user.created, to responder-1.",
  ]);
  const many = Array.from({ length: 70 }, (_, n) => message(5_000 + n));
  expect(wordsOf(recordOf(many))).toEqual(["In one second: 70 messages without a reply subject delivered."]);
});

test("the end of a subscription, with what it was to", () => {
  const record = recordOf([
    [2, { kind: "unsubscribed", at: 4_000, code: 1, subject: "user.get", queue: "users" }],
    [2, { kind: "unsubscribed", at: 4_001, code: 2, subject: "user.get" }],
    [2, { kind: "unsubscribed", at: 4_002, code: 3, link: 1 }],
  ]);
  expect(wordsOf(record)).toEqual([
    "responder-1 unsubscribes from user.get (queue users).",
    "responder-1 unsubscribes from user.get.",
  ]);
});

test("replies that nobody takes", () => {
  const reply = "_INBOX.a.1";
  const trip = roundTrip(1, 5_000);
  const duplicate: Told = [1, { kind: "arrived", at: 5_002, reply, payload: "yes" }];
  expect(wordsOf(recordOf([...trip, duplicate])).at(-1)).toBe(
    "Another reply reaches the inbox of client-1, a duplicate, and is dropped.",
  );
  const late = recordOf([
    ...trip.slice(0, 3),
    [1, { kind: "settled", at: 7_000, reply, code: outcomeCode("timedOut") }],
    [1, { kind: "arrived", at: 7_000, reply, payload: "yes" }],
  ]);
  expect(wordsOf(late).slice(-2)).toEqual([
    "client-1 gives up on user.get after 2 s: timed out.",
    "A reply reaches the inbox of client-1 too late, and is dropped.",
  ]);
});

test("a call that was refused before anything was published", () => {
  const record = recordOf([
    [1, { kind: "called", at: 5_000, link: 1 }],
    [
      1,
      {
        kind: "concluded",
        at: 5_000,
        link: 1,
        code: outcomeCode("refused"),
        reason: { kind: "badSubject", subject: "" },
      },
    ],
  ]);
  expect(wordsOf(record)).toEqual([
    "A call of client-1 ended before anything was published: refused. The subject is empty: write one or more words joined by dots, such as user.get.",
  ]);
});

test("a busy second counts the calls for which nothing was published, too", () => {
  const made = Array.from({ length: 9 }, (_, n) => roundTrip(n + 1, 5_001 + n)).flat();
  const shorted = Array.from({ length: 70 }, (_, n) => [
    [1, { kind: "called" as const, at: 5_100 + n, link: 100 + n }] as const,
    [
      1,
      { kind: "concluded" as const, at: 5_100 + n, link: 100 + n, code: outcomeCode("shortCircuited") },
    ] as const,
  ]).flat();
  expect(wordsOf(recordOf([...made, ...shorted]))).toEqual([
    "In one second: 9 requests made; settled: 9 replied; ended before anything was published: 70 short-circuited.",
  ]);
  // Also where there was nothing else.
  expect(wordsOf(recordOf(shorted))).toEqual([
    "In one second: ended before anything was published: 70 short-circuited.",
  ]);
});

test("a busy second is one line with exact counts, and the changes of state in it", () => {
  const record = recordOf(Array.from({ length: 600 }, (_, n) => roundTrip(n + 1, 5_000 + n)).flat());
  foldState(record, 2, "killed", 5_700, { kind: "killed" });
  foldAll(record, roundTrip(1000, 7_000));
  const lines = transcriptOf(record, 100, nameOf);
  expect(lines.slice(0, 2).map(({ words, tone, seq }) => ({ words, tone, seq }))).toEqual([
    { words: "In one second: 600 requests made; settled: 600 replied.", tone: "neutral", seq: null },
    { words: "responder-1 was killed. Its worker was ended, as a crash would.", tone: "bad", seq: null },
  ]);
  expect(lines.slice(2).map(({ words }) => words)).toEqual([
    "client-1 publishes a request to user.get.",
    "The server delivers the request on user.get to responder-1.",
    "responder-1 publishes its reply to the inbox.",
    "client-1 takes the reply of responder-1 after 1 ms.",
  ]);
});

test("programs elsewhere that ask a lot are summed up as well", () => {
  const told = Array.from({ length: 9 }, (_, n): Told[] => {
    const reply = `_INBOX.far.${n}`;
    return [
      [2, { kind: "delivered", at: 5_000 + n, reply, subject: "user.get" }],
      [2, { kind: "answered", at: 5_001 + n, reply, payload: "yes" }],
    ];
  });
  // Whose requests they were is sure only a while later: a claim by a requester of this page may still be on its way.
  const record = recordOf(told.flat());
  expect(wordsOf(record)).toEqual([]);
  foldState(record, 2, "frozen", 7_000, null);
  expect(wordsOf(record)[0]).toBe("In one second: 9 requests from outside answered.");
  expect(wordsOf(recordOf(told.slice(0, 1).flat()))).toEqual([
    "The server delivers a request from outside, on user.get, to responder-1.",
    "responder-1 publishes its reply to the inbox.",
  ]);
});

test("nothing is told of what was before a reset, and no more lines than asked for", () => {
  const record = recordOf([...roundTrip(1, 5_000), ...roundTrip(2, 6_000)]);
  expect(wordsOf(record, 5)).toHaveLength(5);
  clear(record);
  expect(wordsOf(record)).toEqual([]);
});

test("a second of which some events were evicted is summed up from exact counts", () => {
  const record = createRecord({ events: 10, exchanges: 16, textBytes: 1 << 16 });
  foldAll(record, [...roundTrip(1, 5_000), ...roundTrip(2, 5_100)]);
  expect(wordsOf(record)).toEqual(["In one second: 2 requests made; settled: 2 replied."]);
});

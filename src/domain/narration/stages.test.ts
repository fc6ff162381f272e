import type { Reason } from "../events/reasons.ts";
import { expect, test } from "vitest";
import {
  FLAG,
  HANDLER_RESULTS,
  SERVER_ERRORS,
  type HandlerResult,
  OUTSIDE,
  type PeerId,
} from "../events/events.ts";
import { fold, foldState } from "../record/fold.ts";
import { type Outcome, outcomeCode } from "../events/outcomes.ts";
import { findExchange } from "../exchanges/readExchange.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { stagesOf } from "./stages.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { createRecord } from "../record/createRecord.ts";

const REPLY = "_INBOX.a.b";
const about = { reply: REPLY, subject: "user.get" };
const nameOf = (peer: PeerId): string =>
  peer === OUTSIDE ? "outside" : peer === 1 ? "client-1" : `responder-${peer - 1}`;

type Told = readonly [PeerId, WrittenEvent];

const asked: readonly Told[] = [
  [1, { kind: "attempted", at: 1000, code: 2000, ...about }],
  [1, { kind: "sent", at: 1000.2, ...about, payload: "ask" }],
];
const delivered = (peer: PeerId): Told => [peer, { kind: "delivered", at: 1001, ...about }];
const handling = (peer: PeerId): Told => [peer, { kind: "handling", at: 1001, reply: REPLY }];
const handled = (peer: PeerId, result: HandlerResult, reason: Reason | null = null): Told => [
  peer,
  {
    kind: "handled",
    at: 1002,
    reply: REPLY,
    code: HANDLER_RESULTS.indexOf(result),
    ...(reason && { reason }),
  },
];
const answered = (peer: PeerId, payload = "yes"): Told => [
  peer,
  { kind: "answered", at: 1002, reply: REPLY, payload },
];
const arrived = (at: number, payload = "yes", code = 0): Told => [
  1,
  { kind: "arrived", at, reply: REPLY, payload, code },
];
const settled = (outcome: Outcome, at: number, reason: Reason | null = null): Told => [
  1,
  { kind: "settled", at, reply: REPLY, code: outcomeCode(outcome), ...(reason && { reason }) },
];

function told(events: readonly Told[], killed?: PeerId) {
  const record = createRecord({ events: 64, exchanges: 4, textBytes: 4096 });
  for (const [peer, event] of events) fold(record, batchOf([event]), peer, 0);
  if (killed !== undefined) foldState(record, killed, "killed", 1500, { kind: "killed" });
  const exchange = findExchange(record, replyKeyOf(REPLY));
  if (!exchange) throw new Error("the exchange is not in the record");
  return stagesOf(exchange, nameOf).map(({ title, words, done }) => `${done ? "✓" : "·"} ${title}: ${words}`);
}

test("a round trip", () => {
  const events = [
    ...asked,
    delivered(2),
    handling(2),
    handled(2, "replied"),
    answered(2),
    arrived(1003),
    settled("replied", 1003),
  ];
  expect(told(events)).toEqual([
    "✓ Inbox: client-1 is subscribed to its inbox, and creates a reply subject in it for this request: _INBOX.a.b.",
    "✓ Request: The request is published to user.get, with that reply subject.",
    "✓ Delivery: The server delivers it to responder-1.",
    "✓ Handler: The handler of responder-1 runs and returns a reply.",
    "✓ Reply: responder-1 publishes its reply to _INBOX.a.b, as to any other subject.",
    "✓ Settled: client-1 takes the reply of responder-1 after 3 ms and forgets the reply subject. Its inbox stays for the next request.",
  ]);
});

test("a round trip that has only begun", () => {
  expect(told(asked.slice(0, 1)).slice(1)).toEqual([
    "· Request: The request is published to user.get, with that reply subject.",
    "· Delivery: Then the server picks who gets it.",
    "· Handler: Then a handler runs.",
    "· Reply: Then the reply is published to the reply subject.",
    "· Settled: client-1 waits, for 2 s at most.",
  ]);
});

test("nobody subscribed", () => {
  expect(told([...asked, arrived(1001, "", 503), settled("noResponders", 1001)]).slice(2)).toEqual([
    "✓ Delivery: Nothing is subscribed to user.get, and the server says so at once: 503, no responders.",
    "· Handler: No handler of this page ran.",
    "· Reply: There is no reply: the server's 503 comes in its place.",
    "✓ Settled: client-1 knows it after 1 ms, without waiting for its timeout: no responders.",
  ]);
});

test("a responder that is silent, and a reply after the timeout", () => {
  const silent = [...asked, delivered(2), handling(2), settled("timedOut", 3000)];
  expect(told(silent).slice(3)).toEqual([
    "· Handler: The handler of responder-1 is running.",
    "· Reply: No reply has been published.",
    "✓ Settled: client-1 waited for 2 s and gave up: timed out. The request may still be handled: a timeout does not cancel it.",
  ]);
  const late = [...silent, handled(2, "replied"), answered(2), arrived(4000)];
  expect(told(late).at(-1)).toBe(
    "✓ Settled: client-1 waited for 2 s and gave up: timed out. A reply came too late and went unread.",
  );
});

test("several responders without a queue group", () => {
  const events = [
    ...asked,
    ...[2, 3, 4].flatMap((peer) => [delivered(peer), handling(peer)]),
    ...[2, 3].flatMap((peer) => [handled(peer, "replied"), answered(peer, `from ${peer}`)]),
    arrived(1003, "from 3"),
    settled("replied", 1003),
    arrived(1004, "from 2"),
  ];
  expect(told(events).slice(2)).toEqual([
    "✓ Delivery: The server delivers it 3 times, since these are not in one queue group: responder-1, responder-2 and responder-3.",
    "· Handler: 3 handlers got the same request: 2 replied, 1 still running.",
    "✓ Reply: 2 replies are published to _INBOX.a.b, though one is asked for.",
    "✓ Settled: client-1 takes the reply of responder-2 after 3 ms and forgets the reply subject. Its inbox stays for the next request. Another reply came as well and went unread.",
  ]);
});

test.each<[HandlerResult, Reason | null, string]>([
  [
    "errorReply",
    { kind: "simulated", share: 0.5 },
    "✓ Handler: responder-1 answers with an error: A simulated failure: 50 % of requests get an error reply.",
  ],
  [
    "threw",
    { kind: "threw", message: "boom" },
    "✓ Handler: The handler of responder-1 fails: boom. The error is the reply.",
  ],
  ["dropped", null, "✓ Handler: responder-1 drops the request: it will never reply."],
  [
    "aborted",
    { kind: "cancelled", by: "responderClosed" },
    "· Handler: responder-1 had the request when it ended: The responder was closed.",
  ],
])("a handler that ends as %s", (result, error, words) => {
  expect(told([...asked, delivered(2), handling(2), handled(2, result, error)])[3]).toBe(words);
});

test("a reply that the server does not take, because its responder may not publish to the inbox", () => {
  const refused: Told = [
    2,
    { kind: "err", at: 1003, reply: REPLY, code: SERVER_ERRORS.indexOf("publish"), payload: "…" },
  ];
  const all = [...asked, delivered(2), handling(2), handled(2, "replied"), answered(2), refused];
  expect(told(all)[4]).toBe(
    "✓ Reply: responder-1 publishes its reply to _INBOX.a.b, and the server refuses it: this responder may not publish there.",
  );
});

test("a responder that is killed while it has the request", () => {
  expect(told([...asked, delivered(2)], 2)[3]).toBe(
    "· Handler: responder-1 had the request when it ended: Its worker was ended, as a crash would.",
  );
});

test("a request that never left", () => {
  const lost = told([...asked.slice(0, 1), settled("connectionLost", 1001, { kind: "closed" })]);
  expect(lost.slice(1, 3)).toEqual([
    "· Request: The request never left: The connection was closed.",
    "· Delivery: It never reached the server.",
  ]);
  expect(lost.at(-1)).toBe("✓ Settled: client-1: connection lost: The connection was closed.");
});

test("a program elsewhere that answers, and one that asks", () => {
  expect(told([...asked, arrived(1003), settled("replied", 1003)]).slice(2)).toEqual([
    "✓ Delivery: The server delivers it to a program outside this page.",
    "✓ Handler: It is handled there, which this page cannot see.",
    "✓ Reply: It publishes its reply to _INBOX.a.b.",
    "✓ Settled: client-1 takes the reply of a program outside this page after 3 ms and forgets the reply subject. Its inbox stays for the next request.",
  ]);
  const asking = told([delivered(2), handling(2), handled(2, "replied"), answered(2)]);
  expect([asking[0], asking[1], asking[5]]).toEqual([
    "✓ Inbox: A program outside this page waits for a reply on _INBOX.a.b.",
    "✓ Request: It publishes a request to user.get over a connection of its own.",
    "· Settled: Only the program outside this page knows what happened to the reply.",
  ]);
});

test("where replies are gathered, each of them is wanted, and it is said what ended it", () => {
  const record = createRecord({ events: 128, exchanges: 8, textBytes: 4096 });
  const told: readonly Told[] = [
    [1, { kind: "attempted", at: 1000, code: 500, flags: FLAG.gathers, ...about }],
    delivered(2),
    delivered(3),
    handling(2),
    handled(2, "replied"),
    answered(2),
    handling(3),
    handled(3, "replied"),
    answered(3, "me too"),
    arrived(1010),
    arrived(1011, "me too"),
    [
      1,
      {
        kind: "settled",
        at: 1500,
        reply: REPLY,
        link: 2,
        code: outcomeCode("replied"),
        reason: { kind: "gathered", replies: 2, wanted: null, ended: "time", ms: 500 },
      },
    ],
  ];
  for (const [peer, event] of told) fold(record, batchOf([event]), peer, 0);
  const exchange = findExchange(record, replyKeyOf(REPLY));
  const words = exchange ? stagesOf(exchange, nameOf).map((stage) => stage.words) : [];
  expect(words[4]).toBe(`2 replies are published to ${REPLY}, and each of them is wanted.`);
  expect(words[5]).toBe("client-1 takes every reply after 500 ms: 2 replies gathered; stopped after 500 ms.");
});

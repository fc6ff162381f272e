import { CALL_HEADER, PLAIN_POLICY, PLAIN_RETRY } from "../domain/setup/policies.ts";
import { requester, responder } from "../lessons/peers.ts";
import type { GalleryEntry } from "./entry.ts";

const payment = { format: "json", template: '{ "amount": 10 }' } as const;

/** What goes wrong, and what a requester does about it. */
export const FAILING: readonly GalleryEntry[] = [
  {
    id: "nobody-or-silence",
    title: "No responders, or no answer",
    teaches:
      "Where nobody listens the server says so at once (503). Where somebody is silent, only the timeout ends it.",
    first: [
      { from: "misspelt", count: 1 },
      { from: "unlucky", count: 1 },
    ],
    scenario: {
      title: "No responders, or no answer",
      note: "Press Send in misspelt, then in unlucky, and compare how long each waits.",
      setup: {
        seed: 1,
        responders: [responder("silent", { subject: "report.make", queue: "reports", dropShare: 1 })],
        requesters: [
          requester("misspelt", { subject: "report.maek" }),
          requester("unlucky", { subject: "report.make", timeoutMs: 1000 }),
        ],
      },
    },
  },
  {
    id: "late-reply",
    title: "Too late",
    teaches: "A timeout ends the waiting, not the work: the reply still comes, and nobody takes it.",
    first: [{ from: "client-1", count: 1 }],
    scenario: {
      title: "Too late",
      note: "Press Send: it times out after 500 ms, and at 900 ms the late reply crosses the wire.",
      setup: {
        seed: 1,
        responders: [responder("slow", { ms: 900 })],
        requesters: [requester("client-1", { timeoutMs: 500 })],
      },
    },
  },
  {
    id: "ask-again",
    title: "Retry, and wait longer each time",
    teaches: "Retry with exponential backoff: a flaky service answers in the end, and gets room to recover.",
    first: [{ from: "client-1", count: 1 }],
    scenario: {
      title: "Retry, and wait longer each time",
      note: "Press Send: one call, several attempts, and the waits between them grow.",
      view: { tab: "timeline" },
      setup: {
        seed: 8,
        responders: [responder("flaky", { errorShare: 0.6, ms: 20 })],
        requesters: [
          requester("client-1", {
            policy: {
              ...PLAIN_POLICY,
              on: ["timedOut", "noResponders", "connectionLost", "errorReply"],
              retry: { ...PLAIN_RETRY, attempts: 8, firstDelayMs: 200 },
              callHeader: CALL_HEADER,
            },
          }),
        ],
      },
    },
  },
  {
    id: "paid-twice",
    title: "A retry pays twice",
    teaches:
      "After a timeout nobody knows whether the work was done. Only a handler that knows the call again is safe.",
    first: [
      { from: "naive", count: 1 },
      { from: "careful", count: 1 },
    ],
    scenario: {
      title: "A retry pays twice",
      note: "Press Send in naive, then in careful: both get a reply, but one of them booked two payments.",
      setup: {
        seed: 1,
        responders: [
          responder("books-each-time", {
            subject: "payment.process",
            queue: "payments",
            handler: { kind: "builtin", id: "payment" },
            ms: 900,
          }),
          responder("books-once", {
            subject: "payment.once",
            queue: "payments",
            handler: { kind: "builtin", id: "payment-idempotent" },
            ms: 900,
          }),
        ],
        requesters: [["naive", "payment.process"] as const, ["careful", "payment.once"] as const].map(
          ([name, subject]) =>
            requester(name, {
              subject,
              payload: payment,
              timeoutMs: 700,
              policy: {
                ...PLAIN_POLICY,
                retry: { ...PLAIN_RETRY, attempts: 3, timeouts: "exponential", firstDelayMs: 100 },
                callHeader: CALL_HEADER,
              },
            }),
        ),
      },
    },
  },
  {
    id: "circuit-breaker",
    title: "A circuit breaker opens",
    teaches:
      "After three failures in a row nothing is sent for a while, so that a service in trouble is left alone.",
    first: [{ from: "client-1", count: 1, times: 4 }],
    scenario: {
      title: "A circuit breaker opens",
      note: "Press Send four times: the fourth call fails at once, without a request.",
      setup: {
        seed: 1,
        responders: [responder("broken", { handler: { kind: "builtin", id: "failing" } })],
        requesters: [
          requester("client-1", {
            policy: {
              ...PLAIN_POLICY,
              on: ["timedOut", "noResponders", "connectionLost", "errorReply"],
              breaker: { failures: 3, openMs: 10_000 },
            },
          }),
        ],
      },
    },
  },
  {
    id: "bad-day",
    title: "A bad day, the same each time",
    teaches:
      "The seed decides every delay, error and lost reply: the same scenario fails in the same way everywhere.",
    first: [{ from: "client-1", count: 10 }],
    scenario: {
      title: "A bad day, the same each time",
      note: "Press Send 10 at once. Open it again from the gallery and repeat: the same calls fail.",
      view: { tab: "messages" },
      setup: {
        seed: 8,
        responders: [
          responder("moody", {
            delay: { kind: "exponential", meanMs: 150 },
            errorShare: 0.3,
            dropShare: 0.2,
          }),
        ],
        requesters: [requester("client-1", { timeoutMs: 1500 })],
      },
    },
  },
];

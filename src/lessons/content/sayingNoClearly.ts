import { memberOf, replies, repliesError } from "../answers.ts";
import type { CaseSet } from "../cases.ts";
import type { Lesson } from "../lesson.ts";
import { answeredOn, lengthMs } from "../nested.ts";
import { requester, responder } from "../peers.ts";
import { formatMs } from "../../domain/base/formats.ts";

const SUBJECT = "user.get";

const CASES: CaseSet = {
  id: "saying-no-clearly",
  requester: "client-1",
  cases: [
    {
      id: "valid",
      title: "A valid request",
      subject: SUBJECT,
      request: '{"user_id": 42}',
      expected: "user 42, status success",
      check: replies({ user_id: 42, name: "User 42", status: "success" }),
    },
    {
      id: "missing",
      title: "No user_id",
      subject: SUBJECT,
      request: "{}",
      expected: "error: missing required field",
      check: repliesError(/missing.*user_id/i, { status: "error" }),
    },
    {
      id: "negative",
      title: "A negative user_id",
      subject: SUBJECT,
      request: '{"user_id": -5}',
      expected: "error: must be positive integer",
      check: repliesError(/positive integer/, { status: "error" }),
    },
    {
      id: "text",
      title: "Text as user_id",
      subject: SUBJECT,
      request: '{"user_id": "abc"}',
      expected: "error: must be positive integer",
      check: repliesError(/positive integer/, { status: "error" }),
    },
    {
      id: "unknown",
      title: "An unknown user_id",
      subject: SUBJECT,
      request: '{"user_id": 1001}',
      expected: "status not_found",
      check: repliesError(/1001.*not found/, { status: "not_found" }),
    },
    {
      id: "no-json",
      title: "No JSON",
      subject: SUBJECT,
      request: "user 42, please",
      expected: "error: invalid JSON",
      check: repliesError(/invalid JSON/i, { status: "error" }),
    },
    {
      id: "internal",
      title: "An unforeseen failure",
      subject: SUBJECT,
      request: "5",
      expected: "error: internal server error",
      check: repliesError(/internal server error/i, { status: "error" }),
    },
  ],
};

export const lesson: Lesson = {
  id: "saying-no-clearly",
  title: "Saying no clearly",
  minutes: 8,
  learn: [
    "What a service checks first, and what it answers when something is wrong",
    "Why an error is a reply like any other, and what silence costs",
  ],
  words: [
    "NATS carries bytes and knows nothing about your errors: there is no 404 and no 500. A service says no in a reply, in a form that its requesters know. Here that is a field `error` for people and a field `status` for programs.",
    "responder-1 checks each request first. Its work takes 0.1 s; an invalid request takes as long here, because the delay comes before the handler.",
  ],
  scenario: {
    seed: 1,
    responders: [responder("responder-1", { ms: 100, handler: { kind: "builtin", id: "user-validating" } })],
    requesters: [requester("client-1", { payload: { format: "json", template: '{ "user_id": 1001 }' } })],
  },
  steps: [
    {
      id: "cases",
      instruction: "Press **Run cases**: seven requests, each really sent, with the expected result.",
      condition: (seen) => ({ done: seen.cases(CASES.id).met, of: CASES.cases.length }),
      hint: "Is responder-1 up, and its **Handler** the one that checks requests? Select a case to see its exchange in the Inspector.",
      notice:
        "Seven replies, each within a moment. The last is a failure that the handler did not foresee: it is caught and answered too, so nobody waits for a timeout.",
      doIt: [{ do: "runCases", set: CASES.id }],
      cases: CASES,
    },
    {
      id: "status",
      instruction:
        "Ask for user 1001 with **Send**, then for user -5, and compare the `status` of the two replies.",
      condition: (seen) => {
        const statuses = new Set(
          answeredOn(seen, SUBJECT).map(({ answered }) => memberOf(answered, "status")),
        );
        return { done: Number(statuses.has("not_found")) + Number(statuses.has("error")), of: 2 };
      },
      hint: "Change the number in **Payload** of client-1 between the two.",
      notice:
        "not_found is not the requester’s mistake: its request was valid, and the answer is that there is no such user. A program must be able to distinguish the two without reading English. The counters list both as **error reply**.",
      doIt: [
        {
          do: "editRequester",
          requester: "client-1",
          setup: { payload: { format: "json", template: '{ "user_id": 1001 }' } },
        },
        { do: "send", requester: "client-1", count: 1 },
        {
          do: "editRequester",
          requester: "client-1",
          setup: { payload: { format: "json", template: '{ "user_id": -5 }' } },
        },
        { do: "send", requester: "client-1", count: 1 },
      ],
      measure: (seen) =>
        answeredOn(seen, SUBJECT)
          .slice(0, 4)
          .map(({ request, answered }) => ({
            label: request,
            value: String(memberOf(answered, "status") ?? "no status"),
          })),
    },
    {
      id: "throw",
      instruction:
        "Select responder-1, give it the **Handler** “Always failing”, and send: it throws on every request.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange }) =>
            exchange.subject === SUBJECT && exchange.deliveries.some(({ result }) => result === "threw"),
        ),
      hint: "Click responder-1 in the diagram or in the list: its form is in the Inspector.",
      notice:
        "The exception came back as an error reply, with the headers `Nats-Service-Error` and `Nats-Service-Error-Code`. Roundtrip does that for every handler. In a callback of a plain NATS client nobody does it for you: an exception there means no reply.",
      doIt: [
        {
          do: "editResponder",
          responder: "responder-1",
          setup: { handler: { kind: "builtin", id: "failing" } },
        },
        { do: "send", requester: "client-1", count: 1 },
      ],
    },
    {
      id: "silence",
      instruction:
        "See what no reply looks like: set **Dropped requests** of responder-1 to 100 % and send once more.",
      condition: (seen) =>
        seen.exchanges.some(({ subject, outcome }) => subject === SUBJECT && outcome === "timedOut"),
      hint: "**Dropped requests** is at the end of the form of responder-1. client-1 waits for two seconds.",
      notice:
        "The requester waited for its whole timeout and learned only that time was up: not that its request was wrong, not even that anybody read it. Saying no takes one reply. Silence costs everyone the whole timeout.",
      doIt: [
        { do: "editResponder", responder: "responder-1", setup: { dropShare: 1 } },
        { do: "send", requester: "client-1", count: 1 },
        { do: "until", what: "settled" },
      ],
      measure: (seen) =>
        seen.talks
          .filter(({ exchange }) => exchange.subject === SUBJECT && exchange.outcome !== null)
          .slice(0, 3)
          .map(({ exchange }) => ({
            label: exchange.outcome === "timedOut" ? "silence" : "a reply",
            value: formatMs(lengthMs(exchange)),
          })),
    },
  ],
};

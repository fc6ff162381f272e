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
      title: "Text for user_id",
      subject: SUBJECT,
      request: '{"user_id": "abc"}',
      expected: "error: must be positive integer",
      check: repliesError(/positive integer/, { status: "error" }),
    },
    {
      id: "unknown",
      title: "Nobody has this user_id",
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
      title: "Something nobody thought of",
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
    "What a service checks before it works, and what it answers when something is wrong",
    "Why an error is a reply like any other, and what silence costs",
  ],
  words: [
    "NATS carries bytes and knows no errors of yours: there is no 404 and no 500. A service says no in a reply, in a form that its requesters know. Here it is a member `error` with words for people, and a member `status` for programs.",
    "responder-1 checks each request first. Its work takes 0.1 s; a request that is wrong costs no less here, since the delay stands before the handler.",
  ],
  scenario: {
    seed: 1,
    responders: [responder("responder-1", { ms: 100, handler: { kind: "builtin", id: "user-validating" } })],
    requesters: [requester("client-1", { payload: { format: "json", template: '{ "user_id": 1001 }' } })],
  },
  steps: [
    {
      id: "cases",
      instruction: "Press **Run cases**: seven requests, each really sent, and what should come of it.",
      condition: (seen) => ({ done: seen.cases(CASES.id).met, of: CASES.cases.length }),
      hint: "Is responder-1 up, and its **Handler** the one that checks requests? Select a case to see its exchange in the Inspector.",
      notice:
        "Seven replies, and each requester knew within a moment. The last is a failure that the handler did not foresee: it is caught and answered as well, so that nobody waits in vain.",
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
        "not_found is no mistake of the requester: its request was fine, and the answer is that there is nobody. A program must be able to tell the two without reading English. The counters keep them apart from good replies: **error reply**.",
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
        "The throw came back as an error reply, with the headers `Nats-Service-Error` and `Nats-Service-Error-Code`. Roundtrip does that for every handler. In a callback of a plain NATS client nobody does it for you: a throw there means no reply.",
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
        "The requester waited for its whole timeout and learned only that time is up: not that its request was wrong, not even that anybody read it. Saying no takes one reply; silence takes everybody's patience.",
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

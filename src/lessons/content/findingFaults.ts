import type { ExchangeSummary } from "../../domain/exchanges/readExchange.ts";
import type { Outcome } from "../../domain/events/outcomes.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson, Measure, Progress } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { OUTCOME_WORDS } from "../../domain/events/outcomes.ts";
import { formatMs } from "../../domain/base/formats.ts";
import { requester, responder } from "../peers.ts";

const SETTLED = { do: "until", what: "settled" } as const;

const send = (name: string): readonly LessonAction[] => [{ do: "send", requester: name, count: 1 }, SETTLED];

/** The requests of a requester of the page, oldest first. */
function askedBy(seen: LessonView, name: string): ExchangeSummary[] {
  const id = seen.requester(name)?.id;
  return seen.exchanges.filter(({ requester: from }) => from === id).toReversed();
}

/** It failed that way, and later the same requester got its reply. */
function mended(seen: LessonView, name: string, failure: Outcome): Progress {
  const outcomes = askedBy(seen, name).map(({ outcome }) => outcome);
  const failed = outcomes.indexOf(failure);
  const fixed = failed >= 0 && outcomes.slice(failed).includes("replied");
  return { done: Number(failed >= 0) + Number(fixed), of: 2 };
}

const measures =
  (name: string) =>
  (seen: LessonView): Measure[] =>
    askedBy(seen, name)
      .slice(-4)
      .map(({ subject, outcome, latencyMs }) => ({
        label: subject,
        value: `${outcome === null ? "in flight" : OUTCOME_WORDS[outcome]}${latencyMs === null ? "" : ` after ${formatMs(latencyMs)}`}`,
      }));

export const lesson: Lesson = {
  id: "finding-faults",
  title: "Why did that fail?",
  minutes: 8,
  learn: [
    "To read from an outcome where to look",
    "To find a wrong subject, a timeout that is too short, a bad request and a responder that is stuck",
  ],
  words: [
    "Each requester here fails in its own way. Select the failed exchange, in **Messages** or by its mark in the diagram: **Why did that fail?** in the **Inspector** says what the page knows, and what to do about it.",
  ],
  scenario: {
    seed: 9,
    responders: [
      responder("users", { ms: 20, handler: { kind: "builtin", id: "user-validating" } }),
      responder("reports", { subject: "report.create", queue: "reports", ms: 900 }),
    ],
    requesters: [
      requester("client-1", {
        subject: "user.gte",
        payload: { format: "json", template: '{ "user_id": 7 }' },
      }),
      requester("client-2", { subject: "report.create", timeoutMs: 300 }),
      requester("client-3", { payload: { format: "json", template: '{ "id": 7 }' } }),
    ],
  },
  steps: [
    {
      id: "subject",
      instruction: "Press **Send** in client-1. Find out why it fails, mend it, and send again.",
      condition: (seen) => mended(seen, "client-1", "noResponders"),
      hint: "Select the exchange: **Why did that fail?** names the subject that is nearest to it, and has a button that takes it.",
      notice:
        "[[No responders]], at once: look at the name first. Is the responder running, and do the subjects match exactly? The server knows its subscriptions, so this failure is certain.",
      doIt: [
        ...send("client-1"),
        { do: "select", what: "newest user.gte" },
        { do: "wait", ms: 800 },
        { do: "editRequester", requester: "client-1", setup: { subject: "user.get" } },
        ...send("client-1"),
      ],
      measure: measures("client-1"),
    },
    {
      id: "timeout",
      instruction: "Now **client-2**: press **Send**, find out why, mend it, and send again.",
      condition: (seen) => mended(seen, "client-2", "timedOut"),
      hint: "The handler of reports takes 900 ms. The diagnosis says by how much the timeout is too short, and offers one that suffices.",
      notice:
        "A [[timeout]] with a responder that was at work, and a reply that came [[late|late reply]]: the work takes longer than the requester waits. Raise the timeout, or make the work shorter.",
      doIt: [
        ...send("client-2"),
        { do: "select", what: "newest report.create" },
        { do: "wait", ms: 1200 },
        { do: "editRequester", requester: "client-2", setup: { timeoutMs: 2000 } },
        ...send("client-2"),
      ],
      measure: measures("client-2"),
    },
    {
      id: "request",
      instruction: "Now **client-3**: it gets a reply, and an error. Mend its request.",
      condition: (seen) => mended(seen, "client-3", "errorReply"),
      hint: "The error reply says what is missing: user_id.",
      notice:
        "An error reply is the best failure there is: everything works, and the responder says what it wants. Only a responder that checks its requests can do that.",
      doIt: [
        ...send("client-3"),
        { do: "select", what: "newest user.get" },
        { do: "wait", ms: 800 },
        {
          do: "editRequester",
          requester: "client-3",
          setup: { payload: { format: "json", template: '{ "user_id": 7 }' } },
        },
        ...send("client-3"),
      ],
      measure: measures("client-3"),
    },
    {
      id: "stuck",
      instruction:
        "**Freeze** users and press **Send** in client-1. Let **Why did that fail?** mend it, and send again.",
      condition: (seen) => mended(seen, "client-1", "timedOut"),
      hint: "client-1 has to ask `user.get`, as after the first step. Wait for its timeout of 2 s.",
      notice:
        "The same outcome as before, and another cause: this responder had not even begun. Whether a timeout is a slow handler, a stuck one or a lost reply, only the responder's side can tell. Keep logs and figures there.",
      doIt: [
        { do: "editRequester", requester: "client-1", setup: { subject: "user.get" } },
        { do: "freeze", responder: "users" },
        ...send("client-1"),
        { do: "select", what: "newest user.get" },
        { do: "wait", ms: 800 },
        { do: "thaw", responder: "users" },
        ...send("client-1"),
      ],
      measure: measures("client-1"),
    },
  ],
};

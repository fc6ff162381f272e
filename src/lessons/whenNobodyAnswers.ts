import { formatMs } from "../domain/formats.ts";
import type { Outcome } from "../domain/outcomes.ts";
import type { Lesson, Measure } from "./lesson.ts";
import type { LessonView } from "./lessonView.ts";
import { requester, responder } from "./peers.ts";

const SUBJECT = "user.get";
const SEND = { do: "send", requester: "client-1", count: 1 } as const;
const SETTLED = { do: "until", what: "settled" } as const;

/** How long the newest call with that outcome took. */
function took(seen: LessonView, outcome: Outcome): Measure[] {
  const newest = seen.exchanges.find((exchange) => exchange.outcome === outcome);
  return newest?.latencyMs ? [{ label: "known after", value: formatMs(newest.latencyMs) }] : [];
}

export const lesson: Lesson = {
  id: "when-nobody-answers",
  title: "When nobody answers",
  minutes: 12,
  learn: [
    "Tell “no responders” from a timeout, and what each of them says",
    "What a retry, a fallback and a circuit breaker are good for, and what a retry can break",
  ],
  words: [
    "A requester that gets no reply knows little. It may be that nobody listens, that somebody listens and is stuck, that the work takes longer than the wait, or that the reply was lost. Two of these look different on the wire; the rest look the same.",
  ],
  scenario: {
    seed: 5,
    responders: [responder("responder-1")],
    requesters: [requester("client-1", { timeoutMs: 1000 })],
  },
  steps: [
    {
      id: "no-responders",
      instruction: "**Kill** responder-1 and press **Send**: nobody is subscribed.",
      condition: (seen) => seen.exchanges.some(({ outcome }) => outcome === "noResponders"),
      hint: "Killing the only responder leaves `user.get` without any subscription.",
      notice:
        "No timeout: the server answers at once with status 503, because it knows its subscriptions. This can safely be retried, for no handler saw the request.",
      doIt: [{ do: "kill", responder: "responder-1" }, SEND, SETTLED],
      measure: (seen) => took(seen, "noResponders"),
    },
    {
      id: "timeout",
      instruction:
        "**Start** responder-1, **Freeze** it, and press **Send**: somebody listens, nobody answers.",
      condition: (seen) =>
        seen.exchanges.some(
          ({ subject, outcome, deliveries, arrivals }) =>
            subject === SUBJECT && outcome === "timedOut" && deliveries > 0 && arrivals === 0,
        ),
      hint: "The request is delivered to the frozen responder, and the requester waits for its whole **Timeout** of 1 s.",
      notice:
        "A timeout says only that no reply came in time. The request was delivered; whether it will be worked on, nobody knows.",
      doIt: [
        { do: "start", responder: "responder-1" },
        { do: "freeze", responder: "responder-1" },
        SEND,
        SETTLED,
      ],
      measure: (seen) => took(seen, "timedOut"),
    },
    {
      id: "late",
      instruction: "**Thaw** responder-1 and watch the inbox.",
      condition: (seen) => seen.counts.late > 0,
      hint: "The thawed responder works off what it held. If it holds nothing, freeze it, send, wait for the timeout, and thaw it.",
      notice:
        "A late reply: the work was done after all, for nobody. The client library drops it without a word.",
      doIt: [
        { do: "thaw", responder: "responder-1" },
        { do: "wait", ms: 500 },
      ],
    },
    {
      id: "too-short",
      instruction:
        "Set the **Delay** of responder-1 to fixed, 600 ms, and the **Timeout** of client-1 to 300 ms. Press **Send**.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange: { subject, outcome, timeoutMs, deliveries } }) =>
            subject === SUBJECT &&
            outcome === "timedOut" &&
            timeoutMs !== null &&
            deliveries.some(
              ({ handlingAt, answeredAt }) =>
                handlingAt !== null && answeredAt !== null && answeredAt - handlingAt > timeoutMs,
            ),
        ),
      hint: "**Delay** is in the responder’s form in the **Inspector**; it has to be longer than the **Timeout**.",
      notice:
        "A healthy service and a timeout all the same. A fixed timeout has to be longer than the work usually takes: take it from the 99th percentile in **Latency**, not from hope.",
      doIt: [
        {
          do: "editResponder",
          responder: "responder-1",
          setup: { delay: { kind: "fixed", ms: 600 } },
        },
        { do: "editRequester", requester: "client-1", setup: { timeoutMs: 300 } },
        SEND,
        { do: "wait", ms: 700 },
      ],
      measure: (seen) => took(seen, "timedOut"),
    },
  ],
};

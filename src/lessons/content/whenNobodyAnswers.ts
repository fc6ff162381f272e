import { formatMs } from "../../domain/base/formats.ts";
import { OUTCOME_WORDS, type Outcome } from "../../domain/events/outcomes.ts";
import type { ExchangeSummary } from "../../domain/exchanges/readExchange.ts";
import { CALL_HEADER, PLAIN_POLICY, PLAIN_RETRY } from "../../domain/setup/policies.ts";
import type { Policy } from "../../domain/setup/setup.ts";
import { attemptsOf, bookingsOf, gapsOf } from "../attempts.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";
const PAYMENTS = "payment.process";
const SEND = { do: "send", requester: "client-1", count: 1 } as const;
const SETTLED = { do: "until", what: "settled" } as const;

/** 1 s, 2 s, 4 s. */
const WAITS = 3;
const RETRY: Policy = {
  ...PLAIN_POLICY,
  retry: { ...PLAIN_RETRY, attempts: WAITS + 1 },
  callHeader: CALL_HEADER,
};
/** Each attempt waits twice as long as the one before. */
const DOUBLING: Policy = {
  ...RETRY,
  retry: { ...PLAIN_RETRY, attempts: WAITS + 1, timeouts: "exponential", backoff: "none" },
};
/** Two attempts are enough for the second to get its reply: it waits for longer than the work takes. */
const SHOP: Policy = {
  ...RETRY,
  retry: { ...PLAIN_RETRY, attempts: 3, timeouts: "exponential", backoff: "fixed", firstDelayMs: 100 },
};

/** How long the attempts of a call were waited for that got no reply. */
const waitsOf = (call: readonly ExchangeSummary[]): number[] =>
  call.flatMap(({ outcome, firstAt, settledAt }) =>
    outcome === "timedOut" && settledAt !== null ? [settledAt - firstAt] : [],
  );

const policy = (policy: Policy): LessonAction => ({
  do: "editRequester",
  requester: "client-1",
  setup: { policy },
});

/** How long the newest call with that outcome took. */
function took(seen: LessonView, outcome: Outcome): Measure[] {
  const newest = seen.exchanges.find((exchange) => exchange.outcome === outcome);
  return newest?.latencyMs ? [{ label: "known after", value: formatMs(newest.latencyMs) }] : [];
}

/** When each attempt of the newest call with several began, from the first. */
function attemptMeasures(seen: LessonView): Measure[] {
  const newest = attemptsOf(seen.exchanges, SUBJECT)[0] ?? [];
  const from = newest[0]?.firstAt ?? 0;
  return newest.map(({ firstAt, outcome }, index) => ({
    label: `attempt ${index + 1}${outcome === null ? "" : `, ${outcome === "timedOut" ? "timed out" : outcome}`}`,
    value: `after ${formatMs(firstAt - from)}`,
  }));
}

/** What each attempt of the newest payment was answered. */
function bookingMeasures(seen: LessonView): Measure[] {
  const booked = bookingsOf(seen.talks, PAYMENTS)[0] ?? [];
  return booked.map((number, index) => ({
    label: `attempt ${index + 1}`,
    value: `booking number ${number}`,
  }));
}

export const lesson: Lesson = {
  id: "when-nobody-answers",
  title: "When nobody answers",
  minutes: 15,
  learn: [
    "How [[“no responders”|no responders]] differs from a [[timeout]], and what each one tells you",
    "What a [[retry]], a [[fallback]] and a [[circuit breaker]] are good for, and what a retry can break",
  ],
  words: [
    "A requester that gets no reply knows little. Perhaps nobody is subscribed, perhaps somebody is and has stopped working, perhaps the work takes longer than the timeout, perhaps the reply was lost. The first looks different on the wire; the others look the same.",
  ],
  scenario: {
    seed: 5,
    responders: [
      responder("responder-1"),
      responder("payments", {
        ms: 800,
        subject: PAYMENTS,
        queue: "payments",
        handler: { kind: "builtin", id: "payment" },
      }),
    ],
    requesters: [
      requester("client-1", { timeoutMs: 1000 }),
      requester("shop", {
        subject: PAYMENTS,
        payload: { format: "json", template: '{ "amount": 10 }' },
        timeoutMs: 600,
        policy: SHOP,
      }),
    ],
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
        "**Start** responder-1, **Freeze** it, and press **Send**: somebody is subscribed, but nobody answers.",
      condition: (seen) =>
        seen.exchanges.some(
          ({ subject, outcome, deliveries, arrivals }) =>
            subject === SUBJECT && outcome === "timedOut" && deliveries > 0 && arrivals === 0,
        ),
      hint: "The request is delivered to the frozen responder, and the requester waits for its whole **Timeout** of 1 s.",
      notice:
        "A timeout says only that no reply came in time. The request was delivered. Whether it will be handled, the requester cannot know.",
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
      hint: "The thawed responder now handles what it held. If it holds nothing, freeze it, send, wait for the timeout, and thaw it.",
      notice:
        "A [[late reply]]: the work was done after all, and wasted. The client library drops the reply silently.",
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
        "The service is healthy, and the request timed out all the same. A fixed timeout has to be longer than the work usually takes. Choose it from the 99th percentile in **Latency**.",
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
    {
      id: "retry",
      instruction:
        "Choose the **Policy** retry for client-1 and press **Send**: the waits grow, 1 s, 2 s, 4 s.",
      condition: (seen) => {
        const calls = attemptsOf(seen.exchanges, SUBJECT);
        const growing = calls.filter((call) => {
          const gaps = gapsOf(call);
          return gaps.every((gap, index) => index === 0 || gap > (gaps[index - 1] ?? 0) * 1.3);
        });
        // An attempt counts when it has ended: all that the step tells of has been seen then.
        const ended = growing.map((call) => call.filter(({ settledAt }) => settledAt !== null).length);
        const most = Math.max(0, ...ended);
        return { done: Math.min(WAITS + 1, most), of: WAITS + 1 };
      },
      hint: "responder-1 still needs 600 ms and client-1 waits 300 ms, so no attempt can succeed. Four attempts of one call, each after a longer wait, are what to look for.",
      notice:
        "One call, several requests, each with a reply subject of its own. Growing waits give a struggling service room to recover. Each attempt that reached the responder was executed, though, and its reply came too late.",
      doIt: [policy(RETRY), SEND, SETTLED],
      measure: attemptMeasures,
    },
    {
      id: "doubling",
      instruction:
        "Set **Backoff** to none and **Each timeout** to doubling, and press **Send**: 300 ms, 600 ms, 1.2 s.",
      condition: (seen) =>
        attemptsOf(seen.exchanges, SUBJECT).some(
          (call) =>
            call.at(-1)?.outcome === "replied" &&
            waitsOf(call).every((wait, index, waits) => index === 0 || wait > 1.6 * (waits[index - 1] ?? 0)),
        ),
      hint: "Both are among the parts of the retry policy. responder-1 still needs 600 ms, so that the third attempt at the latest gets its reply.",
      notice:
        "The other way to grow: not the pause between attempts, but the patience of each. It suits a service that is slow now and then. A caller has to bear the sum of all of them, and the load on a service that is slow grows with every attempt.",
      doIt: [policy(DOUBLING), SEND, SETTLED],
      measure: (seen) =>
        (attemptsOf(seen.exchanges, SUBJECT)[0] ?? []).map(({ outcome, firstAt, settledAt }, index) => ({
          label: `attempt ${index + 1}, ${outcome === null ? "in flight" : OUTCOME_WORDS[outcome]}`,
          value: settledAt === null ? "…" : `after ${formatMs(settledAt - firstAt)}`,
        })),
    },
    {
      id: "jitter",
      instruction: "Set **Jitter** to full and send 5 at once: the waits are no longer the same.",
      condition: (seen) => {
        const jittered = seen.requesters.filter(
          ({ setup }) => (setup.policy.retry?.jitter ?? "none") !== "none",
        );
        const firsts = attemptsOf(seen.exchanges, SUBJECT)
          .filter(([first]) => jittered.some(({ id }) => id === first?.requester))
          .flatMap((call) => gapsOf(call).slice(0, 1));
        return firsts.length >= 2 && Math.max(...firsts) - Math.min(...firsts) > 150;
      },
      hint: "**Jitter** is among the parts of the retry policy. It makes each wait a random part of what it would have been.",
      notice:
        "Without jitter, all clients that failed together retry together, again and again. With jitter, they spread out.",
      doIt: [
        policy({ ...RETRY, retry: { ...PLAIN_RETRY, attempts: 2, jitter: "full" } }),
        { do: "send", requester: "client-1", count: 5 },
        SETTLED,
      ],
    },
    {
      id: "fallback",
      instruction: "Choose the **Policy** retry, then fallback, and press **Send**.",
      condition: (seen) => seen.counts.calls.outcomes.fellBack > 0,
      hint: "All attempts have to fail first: leave **Delay** and **Timeout** as they are.",
      notice:
        "The call ends with a prepared reply and counts as fell back, not as replied. That suits data that may be old or missing. It does not suit a payment.",
      doIt: [
        policy({
          ...RETRY,
          retry: { ...PLAIN_RETRY, attempts: 2, firstDelayMs: 200 },
          fallback: { format: "json", text: '{ "user": null, "source": "fallback" }' },
        }),
        SEND,
        SETTLED,
      ],
    },
    {
      id: "breaker",
      instruction:
        "Choose the **Policy** circuit breaker and press **Send** again and again, until a call fails at once.",
      condition: (seen) => seen.counts.calls.outcomes.shortCircuited > 0,
      hint: "After three failures in a row the breaker opens. The next call is short-circuited: nothing is sent.",
      notice:
        "An open breaker fails the call at once: nobody waits, and the service gets no more load. Nothing crossed the wire for that call.",
      doIt: [
        policy({ ...PLAIN_POLICY, breaker: { failures: 3, openMs: 5000 } }),
        { do: "send", requester: "client-1", count: 3 },
        SETTLED,
        SEND,
        SETTLED,
      ],
    },
    {
      id: "breaker-closes",
      instruction:
        "Set the **Delay** of responder-1 to none, wait until the breaker allows a trial, and press **Send**.",
      condition: (seen) =>
        seen.requesters.some(
          ({ id, setup }) =>
            setup.policy.breaker !== null &&
            seen.exchanges.some(({ requester, outcome }) => requester === id && outcome === "replied"),
        ),
      hint: "The breaker stays open for 5 s. Then the first call is a trial: if it succeeds, the breaker closes.",
      notice: "Half-open: one attempt tests whether the service is back. It was, so the breaker closed.",
      doIt: [
        { do: "editResponder", responder: "responder-1", setup: { delay: { kind: "none" } } },
        { do: "wait", ms: 5000 },
        SEND,
        SETTLED,
      ],
    },
    {
      id: "twice",
      instruction: "Open the requester **shop**, which retries, and press **Send**: one payment of 10.",
      condition: (seen) => bookingsOf(seen.talks, PAYMENTS).some((booked) => new Set(booked).size > 1),
      hint: "shop waits 600 ms, payments needs 800 ms. Wait until the second attempt has its reply.",
      notice:
        "Booked twice. The first attempt was late, not lost: payments was still at work on it when the second was asked for, and booked both. The requester cannot tell that from a lost request.",
      doIt: [{ do: "send", requester: "shop", count: 1 }, SETTLED],
      measure: bookingMeasures,
    },
    {
      id: "once",
      instruction:
        "Select **payments**, choose the **Handler** “Payment, booked once”, and press **Send** in shop again.",
      condition: (seen) =>
        bookingsOf(seen.talks, PAYMENTS).some((booked) => booked.length > 1 && new Set(booked).size === 1),
      hint: "The handler is in the form of payments in the **Inspector**. shop identifies each call in the header `Idempotency-Key`.",
      notice:
        "Both attempts were executed, but only one payment was booked: the handler recognises the call by its header and repeats its first reply. Such a handler is [[idempotent]]. If you retry, you need one.",
      doIt: [
        {
          do: "editResponder",
          responder: "payments",
          setup: { handler: { kind: "builtin", id: "payment-idempotent" } },
        },
        { do: "send", requester: "shop", count: 1 },
        SETTLED,
      ],
      measure: bookingMeasures,
    },
  ],
};

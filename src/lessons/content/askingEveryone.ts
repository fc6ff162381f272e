import { formatMs } from "../../domain/base/formats.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { PLAIN_POLICY } from "../../domain/setup/policies.ts";
import type { GatherPolicy, Policy } from "../../domain/setup/setup.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { beganAt } from "../looks.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "service.health";
/** When each of them replies, in ms. */
const SERVICES = { "svc-a": 50, "svc-b": 100, "svc-c": 200, "svc-d": 600 } as const;
const END_MS = 400;
const RULES: GatherPolicy = { count: null, forMs: 1000, gapMs: null, sentinel: false };

const gathering = (rules: Partial<GatherPolicy>): Policy => ({
  ...PLAIN_POLICY,
  gather: { ...RULES, ...rules },
});

const ask = (rules: Partial<GatherPolicy>): readonly LessonAction[] => [
  { do: "editRequester", requester: "monitor", setup: { policy: gathering(rules) } },
  { do: "send", requester: "monitor", count: 1 },
  { do: "until", what: "settled" },
  { do: "wait", ms: 500 },
];

interface Gathered {
  readonly exchange: Exchange;
  readonly rules: GatherPolicy;
  /** Replies that were taken, the empty one among them. */
  readonly taken: readonly Exchange["arrivals"][number][];
  readonly lastMs: number;
  readonly endedMs: number;
}

/** Requests of this step that were settled with several replies taken, with the rules that their requester has now. */
function gatheredIn(seen: LessonView): Gathered[] {
  return seen.talks.flatMap(({ exchange }): Gathered[] => {
    const rules = seen.requesters.find(({ id }) => id === exchange.requester)?.setup.policy.gather;
    const from = beganAt(exchange);
    if (!rules || exchange.subject !== SUBJECT || exchange.settledAt === null || from === null) return [];
    const taken = exchange.arrivals.filter(({ verdict }) => verdict === "taken");
    if (taken.length < 2) return [];
    const lastMs = Math.max(...taken.map(({ arrivedAt }) => arrivedAt)) - from;
    return [{ exchange, rules, taken, lastMs, endedMs: exchange.settledAt - from }];
  });
}

const isEmpty = ({ message }: Exchange["arrivals"][number]): boolean => message.size === 0;

/** Timers of a browser may fire a little early as others count. */
const ALMOST = 0.95;

/** Who replied when, and when it was enough. */
function replies(seen: LessonView): Measure[] {
  const exchange = seen.talks.find((talk) => talk.exchange.subject === SUBJECT)?.exchange;
  const from = exchange && beganAt(exchange);
  if (!exchange || !from) return [];
  const lines = exchange.arrivals.map(({ from: sender, arrivedAt, verdict, message }) => ({
    label: `${sender === null ? "the server" : seen.nameOf(sender)}${message.size === 0 ? ", empty" : ""}`,
    value: `${formatMs(arrivedAt - from)}${verdict === "taken" ? "" : `, ${verdict}`}`,
  }));
  if (exchange.settledAt !== null) {
    lines.push({ label: "ended after", value: formatMs(exchange.settledAt - from) });
  }
  return lines;
}

export const lesson: Lesson = {
  id: "asking-everyone",
  title: "Asking everyone",
  minutes: 6,
  learn: [
    "Take many replies to one request",
    "Decide when to stop waiting: by count, by time, by a gap, or at a message that says so",
  ],
  words: [
    "Without a queue group every responder gets the request. Until now the requester took the first reply. A monitor wants all of them: that is [[scatter-gather]].",
    "The requester does not know how many will reply. Four services answer after 50, 100, 200 and 600 ms. The fifth responder, `end`, says after 400 ms that there are no more, with an empty reply.",
  ],
  scenario: {
    seed: 6,
    responders: [
      ...Object.entries(SERVICES).map(([name, ms]) =>
        responder(name, {
          ms,
          subject: SUBJECT,
          queue: null,
          handler: { kind: "builtin", id: "service-health" },
        }),
      ),
      // It sends back what it gets, which is nothing: an empty reply.
      responder("end", {
        ms: END_MS,
        subject: SUBJECT,
        queue: null,
        handler: { kind: "builtin", id: "echo" },
      }),
    ],
    requesters: [
      requester("monitor", { subject: SUBJECT, payload: { format: "text", template: "" }, timeoutMs: 1000 }),
    ],
  },
  steps: [
    {
      id: "first",
      instruction: "Press **Send**: one request, five replies, one of them taken.",
      condition: (seen) =>
        seen.exchanges.some(
          ({ subject, deliveries, duplicate }) => subject === SUBJECT && deliveries >= 5 && duplicate >= 4,
        ),
      hint: "The last reply takes 600 ms. A plain request takes the first reply only.",
      notice: "Four services did work whose result was discarded as a duplicate.",
      doIt: [
        { do: "send", requester: "monitor", count: 1 },
        { do: "wait", ms: 900 },
      ],
      measure: replies,
    },
    {
      id: "time",
      instruction: "Choose the **Policy** scatter-gather and press **Send**: it gathers for one second.",
      condition: (seen) =>
        gatheredIn(seen).some(
          ({ rules, endedMs, taken }) =>
            rules.count === null &&
            rules.gapMs === null &&
            !rules.sentinel &&
            taken.length >= 4 &&
            endedMs >= rules.forMs * ALMOST,
        ),
      hint: "By time alone: **Gather for** is 1000 ms, and nothing else ends it.",
      notice:
        "All replies are taken, and the call always lasts the whole time. The time limits how long anyone waits, and is wasted when everybody was quick.",
      doIt: ask({}),
      measure: replies,
    },
    {
      id: "count",
      instruction: "Stop by count: tick **after a count**, set **Replies wanted** to 3, and press **Send**.",
      condition: (seen) =>
        gatheredIn(seen).some(
          ({ rules, taken, endedMs, exchange }) =>
            rules.count === taken.length &&
            endedMs < rules.forMs * ALMOST &&
            exchange.deliveries.length > taken.length,
        ),
      hint: "The same five replies come; the call ends with the third.",
      notice:
        "As quick as the third fastest responder. Use it where any three will do, as in a quorum. The other replies arrive late.",
      doIt: ask({ count: 3 }),
      measure: replies,
    },
    {
      id: "gap",
      instruction:
        "Stop by gap: untick the count, tick **after a gap**, set **Gap** to 150 ms, and press **Send**.",
      condition: (seen) =>
        gatheredIn(seen).some(
          ({ rules: { gapMs, forMs, count }, lastMs, endedMs, taken }) =>
            gapMs !== null &&
            taken.length !== count &&
            endedMs - lastMs >= gapMs * ALMOST &&
            endedMs < forMs * ALMOST,
        ),
      hint: "The replies come after 50, 100 and 200 ms, then none for 200 ms.",
      notice:
        "The call ends when no reply comes for a while. It adapts to any number of responders, and misses those that are slower than the others by more than the gap.",
      doIt: ask({ gapMs: 150 }),
      measure: replies,
    },
    {
      id: "sentinel",
      instruction: "Stop by sentinel: untick the gap, tick **at an empty reply**, and press **Send**.",
      condition: (seen) =>
        gatheredIn(seen).some(
          ({ rules, taken, endedMs }) =>
            rules.sentinel &&
            taken.filter(isEmpty).length === 1 &&
            taken.length > 2 &&
            endedMs < rules.forMs * ALMOST,
        ),
      hint: "The responder `end` sends the empty reply after 400 ms.",
      notice:
        "The replying side says when it is done. This works best where one responder sends many parts. With many responders, one of them has to know that it is the last.",
      doIt: ask({ sentinel: true }),
      measure: replies,
    },
  ],
};

import type { ExchangeSummary } from "../../domain/exchanges/readExchange.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson } from "../lesson.ts";
import type { LessonView, Talk } from "../lessonView.ts";
import { requester, responder } from "../peers.ts";

const COUNT = 20;
const SETTLED = { do: "until", what: "settled" } as const;
const SUBJECT = "greet.hello";

const add = (name: string, queue: string): LessonAction => ({
  do: "addResponder",
  setup: responder(name, { subject: SUBJECT, queue, handler: { kind: "builtin", id: "echo" } }),
});

/** Requests that went to one member each of a queue group that has several. */
function shared(seen: LessonView): ExchangeSummary[] {
  const grouped = seen.responders.filter(({ setup }) => setup.queue !== null);
  const members = (queue: string | null): number =>
    grouped.filter(({ setup }) => setup.queue === queue).length;
  const those = seen.exchanges.filter(({ outcome, deliveries, from }) => {
    const peer = grouped.find(({ id }) => id === from);
    return outcome === "replied" && deliveries === 1 && peer !== undefined && members(peer.setup.queue) > 1;
  });
  return new Set(those.map(({ from }) => from)).size > 1 ? those : those.slice(0, COUNT - 1);
}

/** Requests that members of several groups have got, one of each. */
const copied = (seen: LessonView): Talk[] =>
  seen.talks.filter(({ exchange: { deliveries } }) => {
    const queues = deliveries.map(
      ({ peer }) => seen.responders.find(({ id }) => id === peer)?.setup.queue ?? null,
    );
    return queues.length > 1 && !queues.includes(null) && new Set(queues).size === queues.length;
  });

export const lesson: Lesson = {
  id: "looking-back",
  title: "Looking back and ahead",
  minutes: 6,
  learn: [
    "To build a service that shares its load, from nothing",
    "Where request-reply ends, and what comes after it",
  ],
  words: [
    "You have seen requests and replies travel, share their load, fail and recover. Build it once more without a recipe. There is a requester here, and nobody who answers it.",
  ],
  scenario: {
    seed: 11,
    responders: [],
    requesters: [requester("client-1", { subject: SUBJECT, payload: { format: "text", template: "hello" } })],
  },
  steps: [
    {
      id: "build",
      instruction: `Put up two responders that share \`${SUBJECT}\`, and send ${COUNT} at once: both answer, and none is lost.`,
      condition: (seen) => ({ done: Math.min(COUNT, shared(seen).length), of: COUNT }),
      hint: "**Add responder** twice; both need the **Subject** and the same **Queue group**. **Handler** Echo answers anything.",
      notice:
        "A name, a [[queue group]] and a handler: that is a service with load balancing. The requester was not changed, and would not be for ten more.",
      doIt: [
        add("greeter-1", "greeters"),
        add("greeter-2", "greeters"),
        { do: "until", what: "connected" },
        { do: "send", requester: "client-1", count: COUNT },
        SETTLED,
      ],
    },
    {
      id: "groups",
      instruction:
        "Add a third responder on the same subject in a **Queue group** of its own, such as `audit`, and press **Send**.",
      condition: (seen) => copied(seen).length > 0,
      hint: "Same **Subject**, another **Queue group**.",
      notice:
        "Each group gets every request, and picks one member for it: the work is shared within a group and copied between groups. A log or an audit can listen in that way. It should not reply, or the faster one wins. Queue groups can do more: the next subject to study.",
      doIt: [
        add("audit", "audit"),
        { do: "until", what: "connected" },
        { do: "send", requester: "client-1", count: 1 },
        SETTLED,
      ],
    },
    {
      id: "nothing-kept",
      instruction: "**Kill** every responder, press **Send**, and then **Start** them again: does it arrive?",
      condition: (seen) => {
        const lost = seen.exchanges.find(({ outcome }) => outcome === "noResponders");
        const since = seen.changes.some(
          ({ state, at }) => state === "connected" && lost !== undefined && at > lost.firstAt,
        );
        return { done: Number(lost !== undefined) + Number(lost !== undefined && since), of: 2 };
      },
      hint: "All three have to be down when you send. Start any of them afterwards.",
      notice:
        "It does not. Core NATS delivers to those who are there, at most once, and keeps nothing. The requester knew at once and can ask again. Where every message must be kept until somebody has dealt with it, the answer is a stream: JetStream.",
      doIt: [
        { do: "kill", responder: "greeter-1" },
        { do: "kill", responder: "greeter-2" },
        { do: "kill", responder: "audit" },
        { do: "wait", ms: 300 },
        { do: "send", requester: "client-1", count: 1 },
        SETTLED,
        { do: "start", responder: "greeter-1" },
        { do: "start", responder: "greeter-2" },
        { do: "start", responder: "audit" },
      ],
    },
  ],
  closing: [
    "What you can do now: make requests and answer them, one at a time and many at once; share the load in a [[queue group]]; check requests and reply with errors that help; let services ask services; set [[timeouts|timeout]], [[retry]] with backoff, fall back and break the circuit; name subjects; keep payloads small; find out why something failed; and measure instead of believing.",
    "What comes next: **queue groups** in depth, with many services on many nodes. **JetStream**, which stores messages and delivers them at least once, also to those who come later. And the exercises: a calculator, a chain of services and a health monitor, in code of your own.",
  ],
};

import type { PeerId } from "../../domain/events/events.ts";
import type { ExchangeSummary } from "../../domain/exchanges/readExchange.ts";
import type { ResponderSetup } from "../../domain/setup/setup.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { outcomeMeasures } from "../looks.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";
const NAMES = ["responder-1", "responder-2", "responder-3"] as const;
const SHARED = 30;
const MANY = 300;

/** For each responder, how many requests that went to it alone it answered. */
function shares(seen: LessonView): Map<PeerId, number> {
  const counts = new Map<PeerId, number>();
  for (const exchange of alone(seen)) {
    if (exchange.from !== null) counts.set(exchange.from, (counts.get(exchange.from) ?? 0) + 1);
  }
  return counts;
}

/** The requests that the server gave to one responder only. */
const alone = (seen: LessonView): ExchangeSummary[] =>
  seen.exchanges.filter(({ subject, deliveries }) => subject === SUBJECT && deliveries === 1);

/** Where a random choice would end each share: twice the deviation of a binomial distribution. */
function shareMeasures(seen: LessonView): Measure[] {
  const counts = shares(seen);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const members = seen.responders.filter(({ setup }) => setup.queue !== null);
  if (total === 0) return [];
  const share = 1 / Math.max(1, members.length);
  const off = 2 * Math.sqrt((share * (1 - share)) / total);
  return members.map(({ id, name }) => ({
    label: name,
    value: `${counts.get(id) ?? 0} of ${total}`,
    bar: (counts.get(id) ?? 0) / total,
    band: [Math.max(0, share - off), Math.min(1, share + off)] as const,
  }));
}

const edit = (name: string, setup: Partial<ResponderSetup>): LessonAction => ({
  do: "editResponder",
  responder: name,
  setup,
});

const send = (count: number): readonly LessonAction[] => [
  { do: "send", requester: "client-1", count },
  { do: "until", what: "settled" },
];

export const lesson: Lesson = {
  id: "sharing-the-load",
  title: "Sharing the load",
  minutes: 6,
  learn: [
    "What happens when several responders subscribe to one subject, with and without a [[queue group]]",
    "How even a random choice is, and what a frozen member of a group does to it",
  ],
  words: [
    "Three responders subscribe to `user.get` without a queue group. People often start this way and expect the load to be shared.",
  ],
  scenario: {
    seed: 3,
    responders: NAMES.map((name) => responder(name, { ms: 50, queue: null })),
    requesters: [requester("client-1", { timeoutMs: 1000 })],
  },
  steps: [
    {
      id: "everyone",
      instruction: "Press **Send** once, and count how many responders work on it.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange: { subject, requester, arrivals, deliveries } }) =>
            subject === SUBJECT &&
            // What reaches a requester elsewhere is out of sight.
            (requester === null || arrivals.length >= 3) &&
            new Set(deliveries.filter(({ answeredAt }) => answeredAt !== null).map(({ peer }) => peer))
              .size >= 3,
        ),
      hint: "One request is enough. In the diagram three copies leave the server.",
      notice:
        "All three did the work and all three replied. The requester took the first reply and discarded two [[duplicates|duplicate]]. If the work were a booking, there would now be three.",
      doIt: send(1),
      measure: (seen) => {
        const newest = seen.exchanges.find(({ subject }) => subject === SUBJECT);
        return newest
          ? [
              { label: "delivered to", value: `${newest.deliveries} responders` },
              { label: "replies", value: `${newest.arrivals}` },
              { label: "discarded", value: `${newest.duplicate}` },
            ]
          : [];
      },
    },
    {
      id: "shared",
      instruction:
        "Give all three the **Queue group** `users`, and send 30 at once: each of them gets some of the 30.",
      condition: (seen) => {
        const counts = shares(seen);
        const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
        return { done: counts.size >= 3 ? Math.min(SHARED, total) : Math.min(SHARED - 1, total), of: SHARED };
      },
      hint: "Select a responder; **Queue group** is in its form in the **Inspector**. All three need the same name.",
      notice:
        "With a queue group the server gives each request to one member. Nothing else changed: same subject, same requester. A group needs no load balancer and no list of members.",
      doIt: [...NAMES.map((name) => edit(name, { queue: "users" })), ...send(SHARED)],
      measure: shareMeasures,
    },
    {
      id: "band",
      instruction:
        "Press **Reset** in the Results to count from here, send 300 at once, and open **Load distribution**.",
      condition: (seen) => {
        const done = Math.min(MANY, alone(seen).filter(({ from }) => from !== null).length);
        return { done: seen.page.tab === "load" ? done : Math.min(done, MANY - 1), of: MANY };
      },
      hint: "**Load distribution** is a tab of the Results; it draws the expected range only if all members were there for all requests, hence the reset.",
      notice:
        "Nobody has exactly a third. The server chooses at random and does not consider who is fast or idle, so shares vary: they are within the marks in 95 of 100 cases, and closer to a third the more requests you send.",
      doIt: [{ do: "openTab", tab: "load" }, { do: "reset" }, ...send(MANY)],
      measure: shareMeasures,
    },
    {
      id: "frozen",
      instruction: "**Freeze** responder-2 and send 30 at once: it still gets its share.",
      condition: (seen) => {
        const frozen = new Set(seen.responders.filter(({ state }) => state === "frozen").map(({ id }) => id));
        const lost = seen.talks.filter(
          ({ exchange: { outcome, requester, deliveries } }) =>
            (outcome === "timedOut" || requester === null) &&
            deliveries.length === 1 &&
            deliveries.some(({ peer, answeredAt }) => frozen.has(peer) && answeredAt === null),
        );
        return lost.length > 0 && shares(seen).size >= 2;
      },
      hint: "**Freeze** is the snowflake on responder-2. Wait for the timeout of 1 s.",
      notice:
        "Every third request times out. The frozen member is connected and subscribed, and the server knows nothing else about it. Only asking shows whether it is healthy: use a timeout with a retry, or a health check that takes the member down.",
      doIt: [{ do: "openTab", tab: "load" }, { do: "freeze", responder: "responder-2" }, ...send(SHARED)],
      measure: (seen) => outcomeMeasures(seen, ["replied", "timedOut"]),
    },
  ],
};

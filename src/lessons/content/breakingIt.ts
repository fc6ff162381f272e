import type { PeerId } from "../../domain/events/events.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson } from "../lesson.ts";
import type { LessonView, SeenChange, Talk } from "../lessonView.ts";
import { outcomeMeasures } from "../looks.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";
const COUNT = 10;
const BURST: LessonAction = { do: "send", requester: "client-1", count: COUNT };
const SETTLED: LessonAction = { do: "until", what: "settled" };
/** Long enough for requests to have reached their responders, short enough that those are still at work. */
const MEANWHILE: LessonAction = { do: "wait", ms: 300 };

const asked = (seen: LessonView): Talk[] => seen.talks.filter(({ exchange }) => exchange.subject === SUBJECT);

const firstChange = (seen: LessonView, ...states: SeenChange["state"][]): SeenChange | undefined =>
  seen.changes.find(({ state }) => states.includes(state));

/** True of a request that ended without an answer, or whose end is out of sight. */
const unanswered = ({ exchange: { outcome, requester } }: Talk): boolean =>
  outcome === "timedOut" || requester === null;

/** A drained responder that got requests and answered every one, some of them after it was told to drain. */
function drainedWell(seen: LessonView): boolean {
  const draining = new Map<PeerId, number>();
  for (const { peer, state, at } of seen.changes) if (state === "draining") draining.set(peer, at);
  const drained = seen.changes.filter(({ peer, state }) => state === "drained" && draining.has(peer));
  return drained.some(({ peer }) => {
    const its = asked(seen).flatMap(({ exchange }) =>
      exchange.deliveries.filter((each) => each.peer === peer),
    );
    const since = draining.get(peer) ?? Infinity;
    return (
      its.every(({ answeredAt }) => answeredAt !== null) &&
      its.some(({ answeredAt }) => answeredAt !== null && answeredAt > since)
    );
  });
}

/** When requesters came back after they had lost the server; null while none has. */
function backAt(seen: LessonView): number | null {
  const requesters = new Set(seen.requesters.map(({ id }) => id));
  const back = seen.changes.find(({ peer, state }) => state === "connected" && requesters.has(peer));
  return back?.at ?? null;
}

const outcomes = (seen: LessonView) => outcomeMeasures(seen, ["replied", "timedOut", "connectionLost"]);

export const lesson: Lesson = {
  id: "breaking-it",
  title: "Breaking it",
  minutes: 8,
  learn: [
    "What a requester notices when a responder crashes, freezes or is [[drained|drain]]",
    "What is lost when the server stops, and what recovers by itself",
  ],
  words: [
    "Two responders share `user.get`. Each request takes 1.5 s of work, and the requester waits for 3 s. That gives you time to break things while requests are in progress.",
  ],
  scenario: {
    seed: 4,
    responders: ["responder-1", "responder-2"].map((name) => responder(name, { ms: 1500 })),
    requesters: [requester("client-1", { timeoutMs: 3000 })],
  },
  steps: [
    {
      id: "crash",
      instruction: "Send 10 at once, and press **Kill** on responder-1 while it is busy.",
      condition: (seen) =>
        asked(seen).some(
          (talk) =>
            unanswered(talk) &&
            talk.exchange.deliveries.some(
              ({ peer, result }) =>
                result === "aborted" &&
                seen.changes.some((change) => change.peer === peer && change.state === "killed"),
            ),
        ),
      hint: "The handlers take 1.5 s, so be quick after **Send … at once**. Then wait for the timeout.",
      notice:
        "The requests that the killed responder held are lost, and nobody tells the requester: it finds out by its timeout, 3 s later. The server only knew that the requests were delivered.",
      doIt: [BURST, MEANWHILE, { do: "kill", responder: "responder-1" }, SETTLED],
      measure: outcomes,
    },
    {
      id: "freeze",
      instruction: "**Start** responder-1 again, **Freeze** responder-2, and send 10 at once.",
      condition: (seen) => {
        const frozen = new Set(seen.responders.filter(({ state }) => state === "frozen").map(({ id }) => id));
        return asked(seen).some(
          (talk) =>
            unanswered(talk) &&
            talk.exchange.deliveries.some(({ peer, answeredAt }) => frozen.has(peer) && answeredAt === null),
        );
      },
      hint: "A frozen responder keeps its connection and its subscription; it only stops working.",
      notice:
        "To the requester, a freeze looks like a crash. To the server it does not: a crashed responder leaves the group at once, while a frozen one is still picked for as long as its connection lives.",
      doIt: [
        { do: "start", responder: "responder-1" },
        { do: "freeze", responder: "responder-2" },
        BURST,
        SETTLED,
      ],
      measure: outcomes,
    },
    {
      id: "drain",
      instruction:
        "**Thaw** responder-2, send 10 at once, and press **Drain** on responder-2 while it is busy.",
      condition: drainedWell,
      hint: "Press **Drain** while it is working: within 1.5 s after **Send … at once**.",
      notice:
        "Nothing is lost. A draining responder unsubscribes, finishes what it holds, and only then closes. This is how to take a service down for an update. A client library’s own `drain()` may not wait for handlers that are still at work: here the responder does.",
      doIt: [
        { do: "thaw", responder: "responder-2" },
        { do: "wait", ms: 1800 },
        BURST,
        MEANWHILE,
        { do: "drain", responder: "responder-2" },
        SETTLED,
      ],
      measure: outcomes,
    },
    {
      id: "server-gone",
      instruction:
        "Click **nats-server** in the diagram, send 10 at once, and press **Kill server** meanwhile.",
      condition: (seen) =>
        seen.counts.calls.outcomes.connectionLost > 0 &&
        firstChange(seen, "reconnecting", "disconnected") !== undefined,
      hint: "If all ten were answered before the server was gone, press **Send** now. If the page was not started with `npm start`, stop nats-server where you started it.",
      notice:
        "The waiting requester loses its connection, and its calls end as connection lost. The responders may still finish their work; the requester cannot know. What is called while there is no server fails here at once, and nothing is sent. Other clients, such as those for Go and Python, keep some of it and send it when they are back: such a request is handled late, perhaps after its requester gave up.",
      doIt: [
        { do: "start", responder: "responder-2" },
        { do: "select", what: "server" },
        BURST,
        MEANWHILE,
        { do: "server", action: "kill" },
        SETTLED,
      ],
      measure: outcomes,
    },
    {
      id: "back-again",
      instruction: "Press **Start server**, wait until everyone is connected, and press **Send**.",
      condition: (seen) => {
        const back = backAt(seen);
        return (
          back !== null &&
          asked(seen).some(
            ({ exchange: { outcome, attemptedAt } }) =>
              outcome === "replied" && attemptedAt !== null && attemptedAt > back,
          )
        );
      },
      hint: "Clients retry every few seconds, so reconnecting takes a moment.",
      notice:
        "Requester and responders reconnect by themselves and subscribe again, to the same subjects and the same inbox. Messages sent in between are lost: core NATS stores nothing. If you need every message, use a retry or a stream.",
      doIt: [
        { do: "server", action: "start" },
        { do: "until", what: "connected" },
        { do: "send", requester: "client-1", count: 1 },
        SETTLED,
      ],
      measure: outcomes,
    },
  ],
};

import { answeredInBurst, burstMeasures, newestBurst } from "../bursts.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";
const COUNT = 10;

const sendTen: readonly LessonAction[] = [
  { do: "send", requester: "client-1", count: COUNT },
  { do: "until", what: "settled" },
];

const burst = (seen: LessonView) => newestBurst(seen.talks, SUBJECT, COUNT);

/** Counts answers, and holds the last one back while what was seen is not what the step asks for. */
const progress = (seen: LessonView, met: boolean) => ({
  done: met ? COUNT : Math.min(COUNT - 1, answeredInBurst(seen.talks, SUBJECT)),
  of: COUNT,
});

export const lesson: Lesson = {
  id: "many-at-once",
  title: "Many at once",
  minutes: 4,
  learn: [
    "Why ten requests at once can take as long as one, or as long as ten",
    "Where the waiting happens: not at the requester, and not at the server",
  ],
  words: [
    "A requester need not wait for one reply before it asks for the next: each request has a reply subject of its own, so replies may come in any order.",
    "Whether that helps depends on the responder. This one works for 200 ms on each request, **one at a time**.",
  ],
  scenario: {
    seed: 2,
    responders: [responder("responder-1", { ms: 200, handling: "oneAtATime" })],
    requesters: [requester("client-1", { timeoutMs: 5000 })],
  },
  steps: [
    {
      id: "one-at-a-time",
      instruction: "Set **Requests to send** to 10 and press **Send 10 at once**.",
      condition: (seen) => {
        const ten = burst(seen);
        return progress(seen, ten !== null && ten.totalMs > 0.7 * COUNT * ten.workMs);
      },
      hint: "Ten requests within a quarter of a second, answered one after another. Any program may send them.",
      notice:
        "Ten times the delay: the first request waited for its own work, the tenth for the work on all ten. The server delivered all ten at once; they queued inside the responder.",
      doIt: sendTen,
      measure: (seen) => burstMeasures(burst(seen)),
    },
    {
      id: "concurrent",
      instruction: "Select **responder-1**, set **Concurrency** to many at once, and send the ten again.",
      condition: (seen) => {
        const ten = burst(seen);
        return progress(seen, ten !== null && ten.totalMs < 0.4 * COUNT * ten.workMs);
      },
      hint: "Click responder-1 under Responders: its form opens in the **Inspector**. Then press **Send 10 at once** again.",
      notice:
        "All ten took about as long as one, with the same server, connection and requests. Handlers that wait (for a database, for another service) can wait together. Work that keeps a processor busy would not get faster this way.",
      doIt: [
        { do: "editResponder", responder: "responder-1", setup: { handling: "concurrent" } },
        ...sendTen,
      ],
      measure: (seen) => burstMeasures(burst(seen)),
    },
    {
      id: "two-lines",
      instruction:
        "Set **Concurrency** back to one at a time, press **Duplicate** on responder-1, and send the ten once more.",
      condition: (seen) => {
        const ten = burst(seen);
        const workers = new Set(
          seen.talks.flatMap(({ exchange }) => exchange.deliveries.map(({ peer }) => peer)),
        );
        const between =
          ten !== null && ten.totalMs < 0.95 * COUNT * ten.workMs && ten.totalMs > 3 * ten.workMs;
        return progress(seen, between && workers.size > 1);
      },
      hint: "Two responders in the queue group `users`, each handling one request at a time. If one of them happens to get nearly all ten, send again.",
      notice:
        "Two queues instead of one, so about half the time at best: the server picks a responder at random for each request and does not look at how long its queue is.",
      doIt: [
        { do: "editResponder", responder: "responder-1", setup: { handling: "oneAtATime" } },
        { do: "addResponder", setup: responder("responder-2", { ms: 200, handling: "oneAtATime" }) },
        ...sendTen,
      ],
      measure: (seen) => burstMeasures(burst(seen)),
    },
  ],
};

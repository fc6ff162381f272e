import { OUTSIDE } from "../../domain/events/events.ts";
import type { ExchangeSummary } from "../../domain/exchanges/readExchange.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { isAnswered } from "../looks.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";
const TEN = 10;
const MANY = 30;

/** Requests of programs elsewhere that a responder of the page has answered. */
const served = (seen: LessonView) =>
  seen.talks.filter(
    ({ exchange }) => exchange.subject === SUBJECT && exchange.requester === null && isAnswered(exchange),
  );

const replied = (seen: LessonView): ExchangeSummary[] =>
  seen.exchanges.filter(
    ({ subject, outcome, requester: from }) => subject === SUBJECT && from !== null && outcome === "replied",
  );

const byOutside = (seen: LessonView) => replied(seen).filter(({ from }) => from === OUTSIDE);

const shares = (seen: LessonView): Measure[] => {
  const all = replied(seen).length;
  const outside = byOutside(seen).length;
  if (all === 0) return [];
  return [
    { label: "your program", value: `${outside} of ${all}`, bar: outside / all },
    { label: "this page", value: `${all - outside} of ${all}`, bar: (all - outside) / all },
  ];
};

export const lesson: Lesson = {
  id: "from-python",
  title: "Python and this page",
  minutes: 10,
  learn: [
    "To run a requester and a responder in Python against this page",
    "That neither side can tell, or needs to know, what the other is written in",
  ],
  words: [
    "Needed: Python 3.8 or later and nats-py (`pip install nats-py`). The tab **Code** has a program for whatever is selected, with this server's address. Programs you have already will do, if they connect to the same server and use `user.get`.",
    "No program reaches a server that runs inside this tab. For this lesson the page needs a nats-server of its own: see the server's address at the top.",
  ],
  scenario: {
    seed: 10,
    responders: [responder("responder-1", { ms: 100 })],
    requesters: [requester("client-1")],
  },
  steps: [
    {
      id: "requester",
      instruction:
        "Select **client-1**, open **Code** and choose **Python**. Copy the program and run it: responder-1 answers.",
      condition: (seen) => served(seen).length > 0,
      hint: "Save it as it says beside the program, then run it with `python`. `nats request user.get '{\"user_id\": 7}'` does the same.",
      notice:
        "Your program asked, and a browser answered. The page sees only its own side of that: what reached responder-1, and what it sent back. The requester is drawn as “outside”.",
      doIt: [],
      measure: (seen) =>
        served(seen)
          .slice(0, 1)
          .flatMap(({ request, reply }) => [
            { label: "asked", value: request.slice(0, 60) },
            { label: "answered", value: (reply ?? "").slice(0, 60) },
          ]),
    },
    {
      id: "ten",
      instruction: "Let your program ask ten times at once, with `asyncio.gather`.",
      condition: (seen) => ({ done: Math.min(TEN, served(seen).length), of: TEN }),
      hint: "`await asyncio.gather(*[nc.request('user.get', b'{\"user_id\": 1}', timeout=2) for _ in range(10)])`. Running the program ten times will do too.",
      notice:
        "One connection, ten requests in flight: in Python as here, each has its own reply subject in one [[inbox]]. responder-1 handles them at the same time, so ten take about as long as one.",
      doIt: [],
      measure: (seen) => [{ label: "requests from outside", value: String(served(seen).length) }],
    },
    {
      id: "responder",
      instruction:
        "The other way round: select **responder-1**, copy its program from **Code**, and run it. Then **Kill** responder-1 here, and press **Send**.",
      condition: (seen) => byOutside(seen).length > 0,
      hint: "Leave the Python program running. While responder-1 is up here as well, the two share the requests.",
      notice:
        "The page asked, and Python answered. client-1 did not notice the change: it knows a subject, not a program. That is how a service can be rewritten, moved or replaced while it is in use.",
      doIt: [],
      measure: shares,
    },
    {
      id: "together",
      instruction: `**Start** responder-1 again beside the Python program, and send ${MANY} at once.`,
      condition: (seen) => {
        const all = replied(seen).length;
        const outside = byOutside(seen).length;
        const both = outside > 0 && outside < all;
        return { done: both ? Math.min(MANY, all) : Math.min(MANY - 1, all), of: MANY };
      },
      hint: "Both have to be in the queue group `users`: the program from **Code** is.",
      notice:
        "One [[queue group]] in two languages, and the server picks at random between them. Stop one, and the other takes everything.",
      doIt: [],
      measure: shares,
    },
  ],
};

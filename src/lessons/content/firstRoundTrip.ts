import { stagesOf } from "../../domain/narration/stages.ts";
import { isAnswered, newestOf, samePrefix } from "../looks.ts";
import type { Lesson } from "../lesson.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "user.get";

export const lesson: Lesson = {
  id: "first-round-trip",
  title: "First round trip",
  minutes: 5,
  learn: [
    "What happens between a request and its reply, in six stages",
    "What an [[inbox]] is, who creates it, and when it is cleaned up",
  ],
  words: [
    "NATS itself only delivers messages that are published to a [[subject]]. Request-reply is a convention on top of that: the [[requester]] creates a subject for the reply, subscribes to it, and sends its name with the request.",
    "Here one requester asks `user.get` and one [[responder]] answers. It works for 0.4 s, so that you have time to watch.",
  ],
  scenario: {
    seed: 1,
    responders: [responder("responder-1", { ms: 400 })],
    requesters: [requester("client-1")],
  },
  steps: [
    {
      id: "send",
      instruction: "Press **Send** and follow the request through the diagram.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange }) =>
            exchange.subject === SUBJECT &&
            isAnswered(exchange) &&
            // How a requester elsewhere settles is out of sight.
            (exchange.requester === null || stagesOf(exchange, seen.nameOf).every(({ done }) => done)),
        ),
      hint: "**Send** is in the requester client-1. From a terminal, `nats request user.get '{\"user_id\": 7}'` works too.",
      notice:
        "Six stages: a [[reply subject]] is created, the request is published, the server delivers it, the [[handler]] runs, the reply is published to the reply subject, and the call settles. The **Inspector** lists them with their times.",
      doIt: [
        { do: "send", requester: "client-1", count: 1 },
        { do: "until", what: "settled" },
      ],
      measure: (seen) => {
        const talk = newestOf(seen.talks, SUBJECT);
        if (!talk) return [];
        return stagesOf(talk.exchange, seen.nameOf).map(({ title, done }) => ({
          label: title,
          value: done ? "done" : "not yet",
        }));
      },
    },
    {
      id: "inbox",
      instruction: "Send two more, and compare their reply subjects.",
      condition: (seen) => {
        const replies = seen.talks
          .filter(({ exchange }) => exchange.subject === SUBJECT && isAnswered(exchange))
          .map(({ exchange }) => exchange.reply);
        return { done: Math.min(2, samePrefix(replies)), of: 2 };
      },
      hint: "Two requests of the same requester. **Wire** shows the line `SUB _INBOX.….*` that it sent once, before its first request.",
      notice:
        "The beginning is the same: the client subscribed once to its whole inbox, `_INBOX.<id>.*`, and creates only the last part for each request. No new subscription per request, so asking is cheap.",
      doIt: [
        { do: "send", requester: "client-1", count: 2 },
        { do: "until", what: "settled" },
        { do: "openTab", tab: "wire" },
      ],
      measure: (seen) =>
        seen.talks
          .filter(({ exchange }) => exchange.subject === SUBJECT)
          .slice(0, 2)
          .map(({ exchange }) => ({ label: "reply subject", value: exchange.reply })),
    },
    {
      id: "look",
      instruction:
        "Open **Messages** and select one of the requests: see who received it and what crossed the wire.",
      condition: (seen) =>
        seen.page.exchange !== null && seen.detail(seen.page.exchange)?.subject === SUBJECT,
      hint: "**Messages** is a tab of the Results, below the diagram. Any row will do.",
      notice:
        "The reply is an ordinary message: the responder published it to the reply subject it was given. Nothing else ties it to the request, so any program that knows the subject could have answered.",
      doIt: [
        { do: "openTab", tab: "messages" },
        { do: "select", what: "newest exchange" },
      ],
    },
    {
      id: "cleanup",
      instruction:
        "Set **Timeout** to 100 ms and press **Send**: the reply arrives after the requester has stopped waiting.",
      condition: (seen) => seen.exchanges.some(({ subject, late }) => subject === SUBJECT && late > 0),
      hint: "The handler takes 400 ms and the requester waits 100 ms. Watch for the reply: it still comes, and is drawn hollow.",
      notice:
        "When a call settles, by a reply or by its timeout, the client forgets the reply subject. The inbox stays subscribed, so the late reply still arrives and is discarded. The client library hides that; the bytes on the wire show it.",
      doIt: [
        { do: "editRequester", requester: "client-1", setup: { timeoutMs: 100 } },
        { do: "send", requester: "client-1", count: 1 },
        { do: "wait", ms: 700 },
      ],
    },
    {
      id: "terminal",
      optional: true,
      instruction: "Now from your terminal: `nats request user.get '{\"user_id\": 7}'`.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange }) =>
            exchange.subject === SUBJECT && exchange.requester === null && isAnswered(exchange),
        ),
      hint: "Any program that is connected to the same nats-server will do. With client-1 selected, the tab **Code** shows complete ones, with the server's address.",
      notice:
        "Your terminal is one more client of the server. It sent a request to a subject, and this page answered. Neither needed the other’s address.",
      doIt: [],
    },
  ],
};

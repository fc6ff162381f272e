import { WAYS } from "../../domain/load/comparison.ts";
import type { Lesson } from "../lesson.ts";
import { requester, responder } from "../peers.ts";

const ENOUGH = 100;

export const lesson: Lesson = {
  id: "against-http",
  title: "Against HTTP",
  minutes: 8,
  learn: [
    "How fast the same handler is over NATS and over HTTP, on this machine",
    "Which claims of the usual table are about protocols, and which about habits",
  ],
  words: [
    "“NATS takes less than 1 ms, HTTP takes 5 to 50 ms” is often read. A figure without what was measured says nothing, so measure: one handler, asked in four ways, in turns, in one run.",
    "The page’s server offers the handler over HTTP, from the address of this page, and over NATS. A page on a static host has no such server, and says so.",
  ],
  scenario: {
    seed: 1,
    responders: [responder("responder-1")],
    requesters: [requester("client-1")],
  },
  steps: [
    {
      id: "run",
      instruction: `Open **HTTP**, below the diagram, and press **Run comparison**: at least ${ENOUGH} requests each way.`,
      condition: ({ page }) =>
        page.comparison !== null && WAYS.every((way) => (page.comparison?.[way] ?? 0) >= ENOUGH),
      hint: "A few hundred requests take some seconds. Each of the four ways needs replies: is responder-1 up, with the **Handler** that looks users up?",
      notice:
        "Compare the medians and the tails: on one machine none of the four is in a class of its own. Each has its own detour, NATS the server in the middle, HTTP the browser's network process and its headers. A new connection costs one round trip more, which is little here; over a real network, with TLS, it is two or three, each as long as the way.",
      doIt: [{ do: "compare", rounds: 200 }],
    },
    {
      id: "members",
      instruction:
        "Put up a second responder in the queue group (**Add responder**) and run the comparison once more. Tell nobody.",
      condition: (seen) => ({
        done: seen.responders.filter(
          ({ setup, tally }) => setup.subject === "user.get" && setup.queue !== null && tally.received >= 10,
        ).length,
        of: 2,
      }),
      hint: "The new one is like the first: `user.get`, queue group users. Both need ten of the requests.",
      notice:
        "Half of the page’s share went to the new member at once. No registry, no load balancer, no new address: subject and queue group are both. Over HTTP something in front of the two would have to know them.",
      doIt: [
        { do: "addResponder", setup: responder("responder-2") },
        { do: "compare", rounds: 200 },
      ],
      measure: ({ responders }) =>
        responders.map(({ name, tally }) => ({ label: name, value: `${tally.received} requests` })),
    },
    {
      id: "nobody",
      instruction:
        "**Kill** every responder of the page and ask once from client-1: compare with a web server that is down.",
      condition: (seen) =>
        seen.exchanges.some(({ subject, outcome }) => subject === "user.get" && outcome === "noResponders"),
      hint: "**Kill** both, then **Send**.",
      notice:
        "No responders, at once and from the server itself. An HTTP client whose server is gone has its connection refused where the machine is up, and waits for a timeout where it is not: it asks an address, not a name.",
      doIt: [
        { do: "kill", responder: "responder-1" },
        { do: "remove", responder: "responder-2" },
        { do: "send", requester: "client-1", count: 1 },
      ],
    },
  ],
};

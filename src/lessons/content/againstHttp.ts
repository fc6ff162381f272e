import { TRANSPORTS } from "../../domain/load/comparison.ts";
import type { Lesson } from "../lesson.ts";
import { requester, responder } from "../peers.ts";

const ENOUGH = 100;

export const lesson: Lesson = {
  id: "against-http",
  title: "Against HTTP",
  minutes: 8,
  learn: [
    "How fast the same handler is over NATS and over HTTP, on this machine",
    "Which of the usual claims are about protocols, and which about how they are used",
  ],
  words: [
    "“NATS takes less than 1 ms, HTTP takes 5 to 50 ms” is a common claim. A figure says nothing without what was measured. So measure: one handler, asked in four ways, in turn, in one run.",
    "The page’s server offers the handler over HTTP, from the address of this page, and over NATS. A page on a static host has no such server.",
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
        page.comparison !== null && TRANSPORTS.every((way) => (page.comparison?.[way] ?? 0) >= ENOUGH),
      hint: "A few hundred requests take some seconds. Each of the four ways needs replies: is responder-1 up, with the **Handler** that looks users up?",
      notice:
        "Compare the medians and the tails: on one machine the four are close. Each has its own overhead: NATS has the server in the middle, HTTP has the browser's network process and its headers. A new connection costs one more round trip, which is little here. Over a real network with TLS it costs two or three, each as long as the distance requires.",
      doIt: [{ do: "compare", rounds: 200 }],
    },
    {
      id: "members",
      instruction:
        "Add a second responder to the queue group (**Add responder**) and run the comparison again. Change nothing else.",
      condition: (seen) => ({
        done: seen.responders.filter(
          ({ setup, tally }) => setup.subject === "user.get" && setup.queue !== null && tally.received >= 10,
        ).length,
        of: 2,
      }),
      hint: "The new one is like the first: `user.get`, queue group users. Both need ten of the requests.",
      notice:
        "Half of the page’s share went to the new member at once. No registry, no load balancer, no new address: the subject and the queue group do that work. Over HTTP, something in front of the two would have to know both.",
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
        "**Kill** every responder of the page and press **Send** in client-1: compare that with a web server that is down.",
      condition: (seen) =>
        seen.exchanges.some(({ subject, outcome }) => subject === "user.get" && outcome === "noResponders"),
      hint: "**Kill** both, then **Send**.",
      notice:
        "No responders, at once and from the server itself. An HTTP client addresses a machine, not a subject: if the machine is up, the connection is refused; if it is not, the client waits for a timeout.",
      doIt: [
        { do: "kill", responder: "responder-1" },
        { do: "remove", responder: "responder-2" },
        { do: "send", requester: "client-1", count: 1 },
      ],
    },
  ],
};

import { PLAIN_POLICY } from "../domain/setup/policies.ts";
import { requester, responder } from "../lessons/peers.ts";
import type { GalleryEntry } from "./entry.ts";

const echo = { kind: "builtin", id: "echo" } as const;

/** Who gets a request, and who replies. */
export const SHARING: readonly GalleryEntry[] = [
  {
    id: "first-round-trip",
    title: "First round trip",
    teaches: "A request goes out with a reply subject of its own, and the reply comes back to that inbox.",
    first: [{ from: "client-1", count: 1 }],
    scenario: {
      title: "First round trip",
      note: "Press Send, and follow the request to the server, to the responder, and back.",
      setup: { seed: 1, responders: [responder("responder-1")], requesters: [requester("client-1")] },
    },
  },
  {
    id: "one-slow-of-three",
    title: "One of three is slow",
    teaches: "A queue group picks at random. It does not know who is slow, so the slow one gets its share.",
    first: [{ from: "client-1", count: 10 }],
    scenario: {
      title: "One of three is slow",
      note: "Press Send 10 at once. Load distribution shows equal shares; Latency shows how long the slow one took.",
      view: { tab: "load" },
      setup: {
        seed: 1,
        responders: [responder("quick-1"), responder("quick-2"), responder("slow", { ms: 400 })],
        requesters: [requester("client-1")],
      },
    },
  },
  {
    id: "everybody-works",
    title: "Everybody works, one reply counts",
    teaches:
      "Without a queue group every responder does all the work, and all replies but the first are dropped.",
    first: [{ from: "client-1", count: 1 }],
    scenario: {
      title: "Everybody works, one reply counts",
      note: "Press Send: one request becomes three, and two of the replies are duplicates.",
      setup: {
        seed: 1,
        responders: [1, 2, 3].map((at) => responder(`responder-${at}`, { queue: null })),
        requesters: [requester("client-1")],
      },
    },
  },
  {
    id: "two-groups",
    title: "Two groups on one subject",
    teaches: "Each queue group gets every request once, so two services can listen to the same subject.",
    first: [{ from: "shop", count: 1 }],
    scenario: {
      title: "Two groups on one subject",
      note: "Press Send several times: always one of billing and one of shipping gets the order.",
      setup: {
        seed: 1,
        responders: ["billing", "shipping"].flatMap((queue) =>
          [1, 2].map((at) => responder(`${queue}-${at}`, { subject: "order.new", queue, handler: echo })),
        ),
        requesters: [
          requester("shop", {
            subject: "order.new",
            payload: { format: "json", template: '{ "order": {{n}} }' },
          }),
        ],
      },
    },
  },
  {
    id: "ask-everyone",
    title: "Ask everyone, take what comes",
    teaches: "Scatter-gather: one request, and all replies that come within a second.",
    first: [{ from: "buyer", count: 1 }],
    scenario: {
      title: "Ask everyone, take what comes",
      note: "Press Send: three shops make their offer in time, the fourth is too late.",
      setup: {
        seed: 1,
        responders: [60, 200, 450, 1600].map((ms, index) =>
          responder(`shop-${index + 1}`, { subject: "offer.ask", queue: null, handler: echo, ms }),
        ),
        requesters: [
          requester("buyer", {
            subject: "offer.ask",
            payload: { format: "json", template: '{ "article": "bicycle" }' },
            policy: { ...PLAIN_POLICY, gather: { count: null, forMs: 1000, gapMs: null, sentinel: false } },
          }),
        ],
      },
    },
  },
  {
    id: "in-turn-or-together",
    title: "In turn or all together",
    teaches: "A handler that takes one request at a time makes the others wait: ten of 100 ms take a second.",
    first: [
      { from: "queues", count: 10 },
      { from: "at-once", count: 10 },
    ],
    scenario: {
      title: "In turn or all together",
      note: "Press Send 10 at once for each requester, and compare the two in Timeline.",
      view: { tab: "timeline" },
      setup: {
        seed: 1,
        responders: [
          responder("in-turn", { subject: "work.inturn", queue: "w1", ms: 100, handling: "oneAtATime" }),
          responder("together", { subject: "work.together", queue: "w2", ms: 100 }),
        ],
        requesters: [
          requester("queues", { subject: "work.inturn" }),
          requester("at-once", { subject: "work.together" }),
        ],
      },
    },
  },
];

import { formatMs } from "../../domain/base/formats.ts";
import { memberOf } from "../answers.ts";
import type { Lesson } from "../lesson.ts";
import { answeredOn, lengthMs, nestedIn } from "../nested.ts";
import { requester, responder } from "../peers.ts";

const asJson = (template: string) => ({ payload: { format: "json" as const, template } });

export const lesson: Lesson = {
  id: "four-shapes",
  title: "Four shapes of a service",
  minutes: 12,
  learn: [
    "Gateway: one subject for outside callers, many services behind it",
    "Database service: one place that knows how data is stored",
    "Cache: hit, miss and expiry, and what a handler can keep between requests",
    "Health check: what a ping proves, and what silence means",
  ],
  words: [
    "Most request-reply services have one of four shapes. All four are running here, each with a requester of its own.",
  ],
  scenario: {
    seed: 1,
    responders: [
      responder("gateway", {
        subject: "api.>",
        queue: "gateway",
        handler: { kind: "builtin", id: "api-gateway" },
      }),
      responder("users", { ms: 20 }),
      responder("database", {
        subject: "db.query",
        queue: "database",
        ms: 80,
        handler: { kind: "builtin", id: "db-query" },
      }),
      responder("cache", {
        subject: "cache.get",
        queue: "cache",
        handler: { kind: "builtin", id: "cache" },
      }),
      responder("health", {
        subject: "service.health",
        queue: null,
        handler: { kind: "builtin", id: "service-health" },
      }),
    ],
    requesters: [
      requester("app", { subject: "api.users.get" }),
      requester("report", {
        subject: "db.query",
        ...asJson('{ "table": "orders", "where": { "user_id": 1 } }'),
      }),
      requester("shop", { subject: "cache.get", ...asJson('{ "key": "users:1" }') }),
      requester("monitor", { subject: "service.health", timeoutMs: 500, ...asJson("{}") }),
    ],
  },
  steps: [
    {
      id: "gateway",
      instruction: "Gateway: let **app** ask `api.users.get`.",
      condition: (seen) =>
        answeredOn(seen, "api.users.get").some(
          (talk) =>
            memberOf(talk.answered, "name") !== undefined && nestedIn(talk, seen, "user.get").length > 0,
        ),
      hint: "Click app in the list of requesters to open its form, then **Send**. gateway and users must both be up.",
      notice:
        "app knows one name, api.users.get. Where the answer comes from is the gateway's business: it asked user.get. It subscribes to api.>, so it receives everything that starts with api.",
      doIt: [
        { do: "editRequester", requester: "app", setup: { subject: "api.users.get" } },
        { do: "send", requester: "app", count: 1 },
      ],
    },
    {
      id: "no-route",
      instruction: "Let **app** ask for something that the gateway cannot serve: `api.orders.get`.",
      condition: (seen) =>
        seen.talks.some(
          ({ exchange, answered }) =>
            exchange.subject.startsWith("api.") && memberOf(answered, "status") === "not_found",
        ),
      hint: "Change **Subject** of app; any other word after api. will do.",
      notice:
        "No 503 this time: the gateway's wildcard is subscribed, so the server delivers. A service that subscribes to everything has to say itself what it does not offer.",
      doIt: [
        { do: "editRequester", requester: "app", setup: { subject: "api.orders.get" } },
        { do: "send", requester: "app", count: 1 },
      ],
    },
    {
      id: "database",
      instruction: "Database: let **report** ask `db.query` for the orders of user 1.",
      condition: (seen) =>
        answeredOn(seen, "db.query").some(({ answered }) => Array.isArray(memberOf(answered, "rows"))),
      hint: 'A query is `{ "table": "orders", "where": { "user_id": 1 } }`; the tables are users and orders.',
      notice:
        "One service holds the connection to the database, the others hold none. A query is a table and the values to match, so there is no SQL text that anyone could inject into.",
      doIt: [{ do: "send", requester: "report", count: 1 }],
      measure: (seen) =>
        answeredOn(seen, "db.query")
          .slice(0, 1)
          .map(({ answered }) => ({ label: "rows", value: String(memberOf(answered, "count")) })),
    },
    {
      id: "hit",
      instruction: "Cache: let **shop** ask `cache.get` twice within five seconds.",
      condition: (seen) => {
        const said = answeredOn(seen, "cache.get").map((talk) => ({
          cache: memberOf(talk.answered, "cache"),
          asked: nestedIn(talk, seen, "db.query").length,
        }));
        const filled = said.some(({ cache, asked }) => cache !== "hit" && asked > 0);
        const hit = said.some(({ cache, asked }) => cache === "hit" && asked === 0);
        return { done: Number(filled) + Number(filled && hit), of: 2 };
      },
      hint: "The first asks the database, which takes 80 ms; the second must not. Use the same key for both, such as users:1.",
      notice:
        "A miss is two round trips and the database's time; a hit is one round trip. What the cache remembers lives in its handler's state, in one responder. A second cache would remember separately.",
      doIt: [
        { do: "send", requester: "shop", count: 1 },
        { do: "until", what: "settled" },
        { do: "send", requester: "shop", count: 1 },
      ],
      measure: (seen) =>
        answeredOn(seen, "cache.get")
          .slice(0, 4)
          .map((talk) => ({
            label: String(memberOf(talk.answered, "cache") ?? "no answer"),
            value: formatMs(lengthMs(talk.exchange)),
          })),
    },
    {
      id: "expiry",
      instruction: "Wait for more than five seconds, then let **shop** ask for the same key again.",
      condition: (seen) =>
        answeredOn(seen, "cache.get").some(
          (talk) =>
            memberOf(talk.answered, "cache") === "expired" && nestedIn(talk, seen, "db.query").length > 0,
        ),
      hint: "The reply says how long it stays valid: expires_in_ms.",
      notice:
        "The entry expired, so the cache asked the database again. Until then it would have missed a change in the database. How stale an answer may be is your decision, and this number makes it.",
      doIt: [
        { do: "send", requester: "shop", count: 1 },
        { do: "wait", ms: 5200 },
        { do: "send", requester: "shop", count: 1 },
      ],
    },
    {
      id: "health",
      instruction:
        "Health check: let **monitor** ping `service.health`; then **Kill** the responder health and ping again.",
      condition: (seen) => {
        const up = answeredOn(seen, "service.health").some(
          ({ answered }) => memberOf(answered, "status") === "up",
        );
        const down = seen.exchanges.some(
          ({ subject, outcome }) =>
            subject === "service.health" && (outcome === "noResponders" || outcome === "timedOut"),
        );
        return { done: Number(up) + Number(down), of: 2 };
      },
      hint: "Use **Freeze** instead of **Kill** to see the other way to be down.",
      notice:
        "A reply proves that everything works: connection, subscription, handler. Without a reply, 503 says at once that nobody is subscribed, while a timeout says that somebody is but does not answer. A monitor should distinguish the two, as the exercise Health monitor does.",
      doIt: [
        { do: "start", responder: "health" },
        { do: "send", requester: "monitor", count: 1 },
        { do: "until", what: "settled" },
        { do: "kill", responder: "health" },
        { do: "send", requester: "monitor", count: 1 },
      ],
    },
  ],
};

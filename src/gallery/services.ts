import { requester, responder } from "../lessons/peers.ts";
import type { GalleryEntry } from "./entry.ts";

const json = (template: string) => ({ format: "json", template }) as const;

/** Services that ask each other, and say what is wrong. */
export const SERVICES: readonly GalleryEntry[] = [
  {
    id: "gateway",
    title: "Gateway, users, tokens",
    teaches: "A service can ask others before it answers: the request waits while two more travel.",
    first: [{ from: "browser", count: 1 }],
    scenario: {
      title: "Gateway, users, tokens",
      note: "Press Send: the gateway asks users, and users asks auth whether the token is valid.",
      setup: {
        seed: 1,
        responders: [
          responder("gateway", {
            subject: "api.>",
            queue: "gateway",
            handler: { kind: "builtin", id: "api-gateway" },
          }),
          responder("users", { ms: 30, handler: { kind: "builtin", id: "user-with-auth" } }),
          responder("auth", {
            subject: "auth.verify",
            queue: "auth",
            ms: 50,
            handler: { kind: "builtin", id: "auth-verify" },
          }),
        ],
        requesters: [
          requester("browser", {
            subject: "api.users.get",
            payload: json('{ "token": "admin.845e5df9", "user_id": {{n}} }'),
          }),
        ],
      },
    },
  },
  {
    id: "checked-requests",
    title: "Saying what is wrong",
    teaches:
      "A handler that checks its request replies with an error in words, instead of failing or keeping silent.",
    first: [
      { from: "correct", count: 1 },
      { from: "wrong-type", count: 1 },
      { from: "unknown", count: 1 },
    ],
    scenario: {
      title: "Saying what is wrong",
      note: "Press Send in each requester: one gets a user, two get an error that says why.",
      setup: {
        seed: 1,
        responders: [responder("users", { handler: { kind: "builtin", id: "user-validating" } })],
        requesters: [
          requester("correct", { payload: json('{ "user_id": 7 }') }),
          requester("wrong-type", { payload: json('{ "user_id": "seven" }') }),
          requester("unknown", { payload: json('{ "user_id": 1100 }') }),
        ],
      },
    },
  },
  {
    id: "cache",
    title: "A cache in front",
    teaches:
      "The first request goes through to the database; the next few seconds the cache answers by itself.",
    first: [{ from: "client-1", count: 1, times: 2 }],
    scenario: {
      title: "A cache in front",
      note: "Press Send twice: the second reply comes sooner, and the database is not asked.",
      setup: {
        seed: 1,
        responders: [
          responder("cache", {
            subject: "cache.get",
            queue: "cache",
            handler: { kind: "builtin", id: "cache" },
          }),
          responder("database", {
            subject: "db.query",
            queue: "db",
            ms: 300,
            handler: { kind: "builtin", id: "db-query" },
          }),
        ],
        requesters: [requester("client-1", { subject: "cache.get", payload: json('{ "key": "users:1" }') })],
      },
    },
  },
];

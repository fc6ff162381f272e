import { formatMs } from "../../domain/base/formats.ts";
import { memberOf } from "../answers.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView, Talk } from "../lessonView.ts";
import { answeredOn, lengthMs, nestedIn } from "../nested.ts";
import { requester, responder } from "../peers.ts";

const TOKEN = "admin.845e5df9";

const asJson = (template: string) => ({ payload: { format: "json" as const, template } });
const withToken = asJson(`{ "token": "${TOKEN}", "user_id": 7 }`);
const logIn = (password: string) => asJson(`{ "username": "admin", "password": "${password}" }`);

/** The newest answered `user.get` whose handler asked `auth.verify` itself, with what it asked. */
function checkedTalk(
  seen: LessonView,
  fits: (answered: unknown, nested: Talk) => boolean,
): { readonly talk: Talk; readonly nested: Talk } | null {
  for (const talk of answeredOn(seen, "user.get")) {
    const [nested] = nestedIn(talk, seen, "auth.verify");
    if (nested && fits(talk.answered, nested)) return { talk, nested };
  }
  return null;
}

const saysUnavailable = (answered: unknown): boolean => memberOf(answered, "status") === "unavailable";

/** How long the whole took, and how much of it was the nested request. */
function shareOfNested(seen: LessonView): readonly Measure[] {
  const found = checkedTalk(seen, () => true);
  if (!found) return [];
  const whole = lengthMs(found.talk.exchange);
  const inside = lengthMs(found.nested.exchange);
  return [
    { label: "user.get, from request to reply", value: formatMs(whole), bar: 1 },
    { label: "of it auth.verify", value: formatMs(inside), bar: whole > 0 ? inside / whole : 0 },
  ];
}

export const lesson: Lesson = {
  id: "services-that-call-services",
  title: "Services that call services",
  minutes: 12,
  learn: [
    "How a handler asks another service while its own requester waits",
    "What to answer when the service behind it cannot be reached",
    "Why each timeout must be shorter than the one before it",
  ],
  words: [
    "Three services: **auth-login** issues tokens on `auth.login`, **auth-verify** checks them on `auth.verify`, and **users** answers `user.get`, but only for requests with a valid token. So **users** is a responder to its requester and a requester to **auth-verify**, over the same connection.",
  ],
  scenario: {
    seed: 1,
    responders: [
      responder("auth-login", {
        subject: "auth.login",
        queue: "auth",
        handler: { kind: "builtin", id: "auth-login" },
      }),
      responder("auth-verify", {
        subject: "auth.verify",
        queue: "auth",
        ms: 50,
        handler: { kind: "builtin", id: "auth-verify" },
      }),
      responder("users", { ms: 30, handler: { kind: "builtin", id: "user-with-auth" } }),
    ],
    requesters: [
      requester("login", { subject: "auth.login", ...logIn("password123") }),
      requester("client", asJson('{ "user_id": 7 }')),
    ],
  },
  steps: [
    {
      id: "login",
      instruction: "Press **Send** in **login**: it logs admin in and receives a token.",
      condition: (seen) =>
        answeredOn(seen, "auth.login").some(
          ({ answered }) =>
            memberOf(answered, "authenticated") === true && typeof memberOf(answered, "token") === "string",
        ),
      hint: "The users are admin with password123, and user1 with secret.",
      notice:
        "The token is in the reply: select it under **Messages**. It names its user and carries a signature, so that any member of the auth service can check it without asking who issued it.",
      doIt: [
        { do: "editRequester", requester: "login", setup: logIn("password123") },
        { do: "send", requester: "login", count: 1 },
      ],
      measure: (seen) =>
        answeredOn(seen, "auth.login")
          .slice(0, 1)
          .map(({ answered }) => ({ label: "token", value: String(memberOf(answered, "token") ?? "none") })),
    },
    {
      id: "wrong",
      instruction: "Change the password of **login** to a wrong one and send again.",
      condition: (seen) =>
        answeredOn(seen, "auth.login").some(({ answered }) => memberOf(answered, "authenticated") === false),
      hint: "Any other password in **Payload** of login will do.",
      notice:
        "Invalid credentials: a clear reply, within a moment, and in the same words for a wrong name as for a wrong password.",
      doIt: [
        { do: "editRequester", requester: "login", setup: logIn("12345") },
        { do: "send", requester: "login", count: 1 },
      ],
    },
    {
      id: "unauthorized",
      instruction: "Press **Send** in **client**: it asks `user.get` without a token.",
      condition: (seen) =>
        checkedTalk(seen, (answered) => memberOf(answered, "status") === "unauthorized") !== null,
      hint: "Click client in the list of requesters: its form opens. Its **Payload** has a user_id and no token.",
      notice:
        "users asked auth-verify before it answered: Unauthorized. That nested request is a round trip of its own, with an inbox of its own, and it is drawn as one: from users to the server, to auth-verify and back.",
      doIt: [
        { do: "editRequester", requester: "client", setup: asJson('{ "user_id": 7 }') },
        { do: "send", requester: "client", count: 1 },
      ],
    },
    {
      id: "valid",
      instruction: `Give **client** the token, \`{ "token": "${TOKEN}", "user_id": 7 }\`, and send.`,
      condition: (seen) =>
        checkedTalk(
          seen,
          (answered, { answered: verdict }) =>
            memberOf(answered, "name") !== undefined && memberOf(verdict, "valid") === true,
        ) !== null,
      hint: "Copy the token from the reply to login into **Payload** of client.",
      notice:
        "The requester of user.get waits for both round trips. A service is never faster than the services it has to ask. Make what every request needs fast, or cache it.",
      doIt: [
        { do: "editRequester", requester: "client", setup: withToken },
        { do: "send", requester: "client", count: 1 },
      ],
      measure: shareOfNested,
    },
    {
      id: "inside",
      instruction:
        "Open **Messages** and select a `user.get`: the Inspector shows the nested request of its handler.",
      condition: (seen) =>
        seen.page.exchange !== null && seen.detail(seen.page.exchange)?.subject === "user.get",
      hint: "**Messages** is below the diagram. The **Timeline** shows the same, drawn to scale.",
      notice:
        "The nested exchange begins after its parent's delivery and ends before its reply. Each carries its own reply subject; only the handler knows that they belong together.",
      doIt: [
        { do: "editRequester", requester: "client", setup: withToken },
        { do: "send", requester: "client", count: 1 },
        { do: "until", what: "settled" },
        { do: "openTab", tab: "messages" },
        { do: "select", what: "newest user.get" },
      ],
    },
    {
      id: "stopped",
      instruction: "**Kill** auth-verify and let **client** send.",
      condition: (seen) =>
        checkedTalk(
          seen,
          (answered, { exchange }) => saysUnavailable(answered) && exchange.outcome === "noResponders",
        ) !== null,
      hint: "**Kill** is beside auth-verify in the list of responders.",
      notice:
        "The server told users at once that nobody is subscribed, and users told its requester that the auth service is not running. The requester knew the cause within a moment, although it never talked to that service.",
      doIt: [
        { do: "editRequester", requester: "client", setup: withToken },
        { do: "kill", responder: "auth-verify" },
        { do: "send", requester: "client", count: 1 },
      ],
      measure: shareOfNested,
    },
    {
      id: "frozen",
      instruction: "Start auth-verify again, **Freeze** it, and let **client** send.",
      condition: (seen) =>
        checkedTalk(
          seen,
          (answered, { exchange }) => saysUnavailable(answered) && exchange.outcome === "timedOut",
        ) !== null,
      hint: "The **Timeout** of client must be longer than a second: that is how long users waits for auth-verify.",
      notice:
        "Somebody is subscribed but does not answer, so users had to wait for its own timeout of one second. It still had time to say why, because its requester waits for two.",
      doIt: [
        { do: "start", responder: "auth-verify" },
        { do: "freeze", responder: "auth-verify" },
        { do: "editRequester", requester: "client", setup: { timeoutMs: 2000 } },
        { do: "send", requester: "client", count: 1 },
        { do: "until", what: "settled" },
      ],
      measure: shareOfNested,
    },
    {
      id: "impatient",
      instruction: "Set **Timeout** of client to 500 ms, less than users waits, and send.",
      condition: (seen) =>
        seen.exchanges.some(
          ({ subject, outcome, late }) => subject === "user.get" && outcome === "timedOut" && late > 0,
        ),
      hint: "auth-verify stays frozen. Wait one more second for the reply of users.",
      notice:
        "The explanation came, but too late: the requester had given up. With timeouts that shrink from the outside in, every service still has time to reply.",
      doIt: [
        { do: "freeze", responder: "auth-verify" },
        { do: "editRequester", requester: "client", setup: { timeoutMs: 500 } },
        { do: "send", requester: "client", count: 1 },
        { do: "wait", ms: 1200 },
      ],
    },
  ],
};

import type { LessonAction } from "../actions.ts";
import type { Lesson } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { requester, responder } from "../peers.ts";

const SETTLED = { do: "until", what: "settled" } as const;

const ask = (subject: string): readonly LessonAction[] => [
  { do: "editRequester", requester: "client-1", setup: { subject } },
  { do: "send", requester: "client-1", count: 1 },
  SETTLED,
];

const tokens = (subject: string): readonly string[] => subject.split(".");

/** The subjects that were asked and answered, each once. */
const answered = (seen: LessonView): readonly string[] => [
  ...new Set(seen.exchanges.filter(({ outcome }) => outcome === "replied").map(({ subject }) => subject)),
];

const isOrder = (subject: string, length: "two" | "more"): boolean => {
  const [first, ...rest] = tokens(subject);
  return first === "order" && (length === "two" ? rest.length === 1 : rest.length > 1);
};

export const lesson: Lesson = {
  id: "naming-subjects",
  title: "Naming subjects",
  minutes: 6,
  learn: [
    "How the server matches a [[subject]] with a subscription, and how a name goes wrong",
    "How to name subjects so that services can be found, grouped and moved",
  ],
  words: [
    "A subject is a name made of [[tokens|token]] with dots between them: `user.get`. It is all that a requester and a responder have to agree on. There is no address and no registry, so the name carries the design.",
    "Here `users` subscribes to `user.get`, and `orders` to `order.*`, a [[wildcard]].",
  ],
  scenario: {
    seed: 7,
    responders: [
      responder("users"),
      responder("orders", { subject: "order.*", queue: "orders", handler: { kind: "builtin", id: "echo" } }),
    ],
    requesters: [requester("client-1")],
  },
  steps: [
    {
      id: "exact",
      instruction: "Change **Subject** of client-1 to `User.get`, with a capital, and press **Send**.",
      condition: (seen) =>
        seen.exchanges.some(
          ({ subject, outcome }) =>
            subject !== "user.get" && subject.toLowerCase() === "user.get" && outcome === "noResponders",
        ),
      hint: "Only the case of a letter differs from `user.get`.",
      notice:
        "Nobody subscribes to that. Subjects match character by character, upper and lower case included, and there is no “not found” but [[no responders]]. Agree on one way to write them: lower case, one word a token.",
      doIt: ask("User.get"),
    },
    {
      id: "one-token",
      instruction: "Ask `order.create`, then `order.cancel`: one responder answers both.",
      condition: (seen) => ({
        done: Math.min(2, answered(seen).filter((subject) => isOrder(subject, "two")).length),
        of: 2,
      }),
      hint: "Any two subjects of two tokens that begin with `order.` will do.",
      notice:
        "`*` stands for exactly one token. The service comes first and the method second, `service.method`: then one subscription takes all methods of a service, and the handler reads the method from the subject.",
      doIt: [...ask("order.create"), ...ask("order.cancel")],
    },
    {
      id: "too-deep",
      instruction: "Ask `order.item.add`, one token more.",
      condition: (seen) =>
        seen.exchanges.some(({ subject, outcome }) => isOrder(subject, "more") && outcome === "noResponders"),
      hint: "`orders` has to be subscribed to `order.*`, as the scenario has it.",
      notice: "No responders: `order.*` does not match three tokens. A name that grows deeper leaves it.",
      doIt: ask("order.item.add"),
    },
    {
      id: "rest",
      instruction: "Select **orders**, change its **Subject** to `order.>`, and ask `order.item.add` again.",
      condition: (seen) => answered(seen).some((subject) => isOrder(subject, "more")),
      hint: "`>` stands at the end, for one token or more.",
      notice:
        "`>` takes all that begins with `order.`, at any depth. That suits a [[gateway]] or a log. A service that subscribes to more than it offers has to refuse the rest itself: nobody gets a 503 any more.",
      doIt: [
        { do: "editResponder", responder: "orders", setup: { subject: "order.>" } },
        ...ask("order.item.add"),
      ],
    },
    {
      id: "own",
      instruction:
        "Name a service of your own: **Add responder**, give it a **Subject** such as `payment.process`, and ask it.",
      condition: (seen) =>
        answered(seen).some(
          (subject) =>
            /^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$/.test(subject) && !/^(user|order)\./.test(subject),
        ),
      hint: "Two tokens in lower case, the service and the method: `payment.process`, `stock.reserve`. Requester and responder need the same.",
      notice:
        "Go from the general to the specific, one idea a token: `payment.process`, later `eu.payment.process`. Put what you will group or permit by first, for wildcards and permissions work from there. Leave out what changes with every request, such as an id nobody subscribes by, and names that begin with `$` or `_`: those are the server's.",
      doIt: [
        {
          do: "addResponder",
          setup: responder("payments", {
            subject: "payment.process",
            queue: "payments",
            handler: { kind: "builtin", id: "echo" },
          }),
        },
        ...ask("payment.process"),
      ],
    },
  ],
};

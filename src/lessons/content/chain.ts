import solutionA from "../../handlers/exercises/chain-a.solution.js?raw";
import startA from "../../handlers/exercises/chain-a.start.js?raw";
import solutionB from "../../handlers/exercises/chain-b.solution.js?raw";
import startB from "../../handlers/exercises/chain-b.start.js?raw";
import solutionC from "../../handlers/exercises/chain-c.solution.js?raw";
import startC from "../../handlers/exercises/chain-c.start.js?raw";
import { formatMs } from "../../domain/base/formats.ts";
import { memberOf, replies, repliesError } from "../answers.ts";
import type { CaseSet, RequestCase } from "../cases.ts";
import type { LessonAction } from "../actions.ts";
import { solutionOf, startOf, type ExerciseHandler } from "../exercise.ts";
import type { Lesson } from "../lesson.ts";
import { answeredOn, lengthMs, nestedIn } from "../nested.ts";
import { requester, responder } from "../peers.ts";

const A: ExerciseHandler = { responder: "service-a", title: "Service A", start: startA, solution: solutionA };
const B: ExerciseHandler = { responder: "service-b", title: "Service B", start: startB, solution: solutionB };
const C: ExerciseHandler = { responder: "service-c", title: "Service C", start: startC, solution: solutionC };

const solve: readonly LessonAction[] = [A, B, C].map((handler) => ({
  do: "editResponder",
  responder: handler.responder,
  setup: { handler: solutionOf(handler) },
}));

const stopped = (name: string): Pick<RequestCase, "before" | "after"> => ({
  before: [{ do: "kill", responder: name }],
  after: [{ do: "start", responder: name }],
});
const frozen = (name: string): Pick<RequestCase, "before" | "after"> => ({
  before: [{ do: "freeze", responder: name }],
  after: [{ do: "thaw", responder: name }],
});

const TEA = '{"item":"tea"}';
const ask = (
  id: string,
  title: string,
  request: string,
): Pick<RequestCase, "id" | "title" | "subject" | "request"> => ({
  id,
  title,
  subject: "chain.a",
  request,
});

const WAY: CaseSet = {
  id: "chain-way",
  requester: "client-1",
  cases: [
    {
      ...ask("tea", "Tea", TEA),
      expected: "tea, price 4.5, stock 12",
      check: replies({ item: "tea", price: 4.5, stock: 12 }),
    },
    {
      ...ask("coffee", "Coffee, which is out of stock", '{"item":"coffee"}'),
      expected: "coffee, price 6.2, stock 0",
      check: replies({ item: "coffee", price: 6.2, stock: 0 }),
    },
  ],
};

const ERRORS: CaseSet = {
  id: "chain-errors",
  requester: "client-1",
  cases: [
    {
      ...ask("gold", "C does not know gold", '{"item":"gold"}'),
      expected: "an error from c, why error",
      check: repliesError(/./, { service: "c", why: "error" }),
    },
    {
      ...ask("no-item", "A request without an item", "{}"),
      expected: "an error",
      check: repliesError(/./),
    },
    {
      ...ask("c-stopped", "C is not running", TEA),
      ...stopped("service-c"),
      expected: "an error from c, why unavailable",
      check: repliesError(/./, { service: "c", why: "unavailable" }),
    },
    {
      ...ask("b-stopped", "B is not running", TEA),
      ...stopped("service-b"),
      expected: "an error from b, why unavailable",
      check: repliesError(/./, { service: "b", why: "unavailable" }),
    },
  ],
};

const TIMEOUTS: CaseSet = {
  id: "chain-timeouts",
  requester: "client-1",
  cases: [
    {
      ...ask("c-frozen", "C does not answer", TEA),
      ...frozen("service-c"),
      expected: "an error from c, why timeout",
      check: repliesError(/./, { service: "c", why: "timeout" }),
    },
    {
      ...ask("b-frozen", "B does not answer", TEA),
      ...frozen("service-b"),
      expected: "an error from b, why timeout",
      check: repliesError(/./, { service: "b", why: "timeout" }),
    },
  ],
};

export const lesson: Lesson = {
  id: "chain",
  title: "Chain",
  minutes: 25,
  learn: [
    "Handlers that ask handlers, three deep",
    "A timeout for each, so that every error arrives while somebody still waits for it",
    "An error that says which service failed, and why",
  ],
  words: [
    "A asks B, B asks C: `chain.a`, `chain.b`, `chain.c`. A is asked for an item and answers with its price, which B knows, and its stock, which C knows: `{ item, price, stock }`.",
    "If something fails, A replies with `{ error, service, why }`: a message for people, which service failed (a, b or c), and why (error, unavailable or timeout). client-1 waits for two seconds; choose the timeouts of A and B so that they fit inside.",
  ],
  handlers: [A, B, C],
  scenario: {
    seed: 1,
    responders: [
      responder("service-a", { subject: "chain.a", queue: "a", handler: startOf(A) }),
      responder("service-b", { subject: "chain.b", queue: "b", handler: startOf(B) }),
      responder("service-c", { subject: "chain.c", queue: "c", handler: startOf(C) }),
    ],
    requesters: [
      requester("client-1", {
        subject: "chain.a",
        payload: { format: "json", template: '{ "item": "tea" }' },
      }),
    ],
  },
  steps: [
    {
      id: "way",
      instruction: "Write C, then B, then A, and press **Run cases**.",
      condition: (seen) => {
        const deep = answeredOn(seen, "chain.a").some((talk) =>
          nestedIn(talk, seen, "chain.b").some((inner) => nestedIn(inner, seen, "chain.c").length > 0),
        );
        // Three answers of a handler's own would look the same, but not be a chain.
        return { done: deep ? seen.cases(WAY.id).met : 0, of: WAY.cases.length };
      },
      hint: '`const reply = await ask("chain.c", { item })` and then `reply.json()`. Start with C and test it from client-1: change **Subject** to `chain.c`.',
      notice:
        "Three exchanges, one inside the other. Select the outermost under **Messages**: the Inspector shows what is inside it, and how the time was spent.",
      doIt: [...solve, { do: "runCases", set: WAY.id }],
      cases: WAY,
      measure: (seen) => {
        const [outer] = answeredOn(seen, "chain.a");
        const [middle] = outer ? nestedIn(outer, seen, "chain.b") : [];
        const [inner] = middle ? nestedIn(middle, seen, "chain.c") : [];
        const whole = outer ? lengthMs(outer.exchange) : 0;
        return [outer, middle, inner].flatMap((talk) => {
          if (!talk) return [];
          const ms = lengthMs(talk.exchange);
          return [{ label: talk.exchange.subject, value: formatMs(ms), bar: whole > 0 ? ms / whole : 0 }];
        });
      },
    },
    {
      id: "errors",
      instruction: "Now errors: an item that C does not have, and services that are not running.",
      condition: (seen) => ({ done: seen.cases(ERRORS.id).met, of: ERRORS.cases.length }),
      hint: "An error reply does not throw: look for `error` in it and pass it on. If a service is not running, `ask` throws an error whose `outcome` is noResponders.",
      notice:
        "However deep the failure, client-1 reads which service failed and why. Passing on errors is as much a part of a service as passing on answers.",
      doIt: [...solve, { do: "runCases", set: ERRORS.id }],
      cases: ERRORS,
    },
    {
      id: "timeouts",
      instruction:
        "Finally, silence: C is frozen, then B. Each time, the service that asked has to notice in time.",
      condition: (seen) => ({ done: seen.cases(TIMEOUTS.id).met, of: TIMEOUTS.cases.length }),
      hint: "The timeout of A must be longer than that of B, and everything together must fit into the two seconds of client-1.",
      notice:
        "With the same timeout everywhere, all three would give up at the same moment, and A would blame B for what C did. With timeouts that shrink from the outside in, each still has time to reply.",
      doIt: [...solve, { do: "runCases", set: TIMEOUTS.id }],
      cases: TIMEOUTS,
      measure: (seen) =>
        answeredOn(seen, "chain.a")
          .slice(0, 2)
          .map(({ exchange, answered }) => ({
            label: `${String(memberOf(answered, "service") ?? "?")}: ${String(memberOf(answered, "why") ?? "?")}`,
            value: formatMs(lengthMs(exchange)),
          })),
    },
  ],
};

import solution from "../../handlers/exercises/monitor.solution.js?raw";
import start from "../../handlers/exercises/monitor.start.js?raw";
import { memberOf, replies } from "../answers.ts";
import type { CaseAnswer, CaseSet } from "../cases.ts";
import type { LessonAction } from "../actions.ts";
import { solutionOf, startOf, type ExerciseHandler } from "../exercise.ts";
import type { Lesson } from "../lesson.ts";
import { answeredOn, nestedIn } from "../nested.ts";
import { requester, responder } from "../peers.ts";

const HANDLER: ExerciseHandler = { responder: "monitor", title: "Health monitor", start, solution };

const SERVICES = ["users", "orders", "mail"] as const;
const REQUEST = JSON.stringify({ services: SERVICES });
/** A report on three services that takes longer was made one after another. */
const TOGETHER_MS = 2400;

const solve: LessonAction = {
  do: "editResponder",
  responder: "monitor",
  setup: { handler: solutionOf(HANDLER) },
};
const delayed = (name: string, ms: number): LessonAction => ({
  do: "editResponder",
  responder: name,
  setup: { delay: { kind: "fixed", ms } },
});
const prompt = (name: string): LessonAction => ({
  do: "editResponder",
  responder: name,
  setup: { delay: { kind: "none" } },
});

const inTime =
  (check: (answer: CaseAnswer) => string | null) =>
  (answer: CaseAnswer): string | null =>
    check(answer) ??
    (answer.latencyMs > TOGETHER_MS
      ? "the services were pinged one after another, which took too long"
      : null);

const CASES: CaseSet = {
  id: "health-monitor",
  requester: "client-1",
  cases: [
    {
      id: "up",
      title: "Everything is up",
      subject: "monitor.report",
      request: REQUEST,
      expected: "all three up",
      check: replies({ users: "up", orders: "up", mail: "up" }),
    },
    {
      id: "slow",
      title: "orders takes 800 ms",
      subject: "monitor.report",
      request: REQUEST,
      before: [delayed("orders", 800)],
      after: [prompt("orders")],
      expected: "orders slow, the others up",
      check: replies({ users: "up", orders: "slow", mail: "up" }),
    },
    {
      id: "stopped",
      title: "mail is killed",
      subject: "monitor.report",
      request: REQUEST,
      before: [{ do: "kill", responder: "mail" }],
      after: [{ do: "start", responder: "mail" }],
      expected: "mail down, the others up",
      check: replies({ users: "up", orders: "up", mail: "down" }),
    },
    {
      id: "frozen",
      title: "users is frozen",
      subject: "monitor.report",
      request: REQUEST,
      before: [{ do: "freeze", responder: "users" }],
      after: [{ do: "thaw", responder: "users" }],
      expected: "users down, the others up",
      check: replies({ users: "down", orders: "up", mail: "up" }),
    },
    {
      id: "together",
      title: "All three take 900 ms",
      subject: "monitor.report",
      request: REQUEST,
      before: SERVICES.map((name) => delayed(name, 900)),
      after: SERVICES.map(prompt),
      expected: "all slow, within 2.4 seconds",
      check: inTime(replies({ users: "slow", orders: "slow", mail: "slow" })),
    },
  ],
};

const service = (name: string) =>
  responder(name, {
    subject: `service.health.${name}`,
    queue: name,
    handler: { kind: "builtin", id: "service-health" },
  });

export const lesson: Lesson = {
  id: "health-monitor",
  title: "Health monitor",
  minutes: 20,
  learn: [
    "Asking several services at the same time",
    "Distinguishing up, slow and down by replies, timeouts and no responders",
  ],
  words: [
    "Three services answer pings on `service.health.users`, `service.health.orders` and `service.health.mail`. The responder monitor answers on `monitor.report` and does nothing yet.",
    "Write its handler: it pings every service it is asked about and reports each as up (a reply within 400 ms), slow (within 1,500 ms) or down (no reply by then).",
  ],
  handlers: [HANDLER],
  scenario: {
    seed: 1,
    responders: [
      ...SERVICES.map(service),
      responder("monitor", { subject: "monitor.report", queue: "monitor", handler: startOf(HANDLER) }),
    ],
    requesters: [
      requester("client-1", { subject: "monitor.report", payload: { format: "json", template: REQUEST } }),
    ],
  },
  steps: [
    {
      id: "cases",
      instruction: "Open the handler, write the monitor, and **Run cases**.",
      condition: (seen) => {
        // Real pings, not a report made up: each service was asked.
        const pinged = SERVICES.every((name) =>
          answeredOn(seen, "monitor.report").some(
            (talk) => nestedIn(talk, seen, `service.health.${name}`).length > 0,
          ),
        );
        return { done: pinged ? seen.cases(CASES.id).met : 0, of: CASES.cases.length };
      },
      hint: '`await ask("service.health.users", {}, { timeoutMs: 1500 })` throws when there is no reply. Take `Date.now()` before and after it. `Promise.all` waits for several at once.',
      notice:
        "The report takes as long as the slowest service, not as long as all of them together, and never longer than the timeout.",
      doIt: [solve, { do: "runCases", set: CASES.id }],
      cases: CASES,
    },
    {
      id: "watch",
      instruction:
        "Let it run: **Start load** with 4 calls a second, and **Kill** mail while it runs. Watch the report change.",
      condition: (seen) => {
        // Newest first: a report with mail down, and before it, under the same load, one with mail up.
        const states = answeredOn(seen, "monitor.report").map(({ answered }) => memberOf(answered, "mail"));
        const fell = states.findIndex((state) => state === "down");
        const stood = fell >= 0 && states.slice(fell).includes("up");
        return { done: Number(states.includes("up")) + Number(stood), of: 2 };
      },
      hint: "Open the load's form beside **Start load** in client-1: **Load model** fixed rate, **Rate** 4, **Stop** after seconds. **Kill** is in the list of responders.",
      notice:
        "Nobody had to tell the monitor: the next ping found no responder. Start mail again, and the next report says that it is up.",
      doIt: [
        solve,
        {
          do: "startLoad",
          requester: "client-1",
          plan: { kind: "rate", perSecond: 4, bounds: { requests: null, durationMs: 5000 } },
        },
        { do: "wait", ms: 1500 },
        { do: "kill", responder: "mail" },
        { do: "wait", ms: 1500 },
        { do: "start", responder: "mail" },
        { do: "until", what: "settled" },
      ],
      measure: (seen) => {
        const [newest] = answeredOn(seen, "monitor.report");
        return SERVICES.map((name) => ({
          label: name,
          value: newest ? String(memberOf(newest.answered, name) ?? "not said") : "no report yet",
        }));
      },
    },
  ],
};

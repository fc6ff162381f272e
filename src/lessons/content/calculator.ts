import solution from "../../handlers/exercises/calculator.solution.js?raw";
import start from "../../handlers/exercises/calculator.start.js?raw";
import { replies, repliesError } from "../answers.ts";
import type { CaseSet } from "../cases.ts";
import { solutionOf, startOf, type ExerciseHandler } from "../exercise.ts";
import type { Lesson } from "../lesson.ts";
import { requester, responder } from "../peers.ts";

const HANDLER: ExerciseHandler = { responder: "calculator", title: "Calculator", start, solution };

const numbers = (a: number, b: number): string => JSON.stringify({ a, b });

const SUMS: CaseSet = {
  id: "calculator-sums",
  requester: "client-1",
  cases: [
    {
      id: "add",
      title: "7 + 5",
      subject: "calc.add",
      request: numbers(7, 5),
      expected: "result 12",
      check: replies({ result: 12 }),
    },
    {
      id: "subtract",
      title: "7 − 5",
      subject: "calc.subtract",
      request: numbers(7, 5),
      expected: "result 2",
      check: replies({ result: 2 }),
    },
    {
      id: "multiply",
      title: "7 × 5",
      subject: "calc.multiply",
      request: numbers(7, 5),
      expected: "result 35",
      check: replies({ result: 35 }),
    },
    {
      id: "divide",
      title: "7 ÷ 2",
      subject: "calc.divide",
      request: numbers(7, 2),
      expected: "result 3.5",
      check: replies({ result: 3.5 }),
    },
    {
      id: "zero",
      title: "0 ÷ 7",
      subject: "calc.divide",
      request: numbers(0, 7),
      expected: "result 0",
      check: replies({ result: 0 }),
    },
  ],
};

const ERRORS: CaseSet = {
  id: "calculator-errors",
  requester: "client-1",
  cases: [
    {
      id: "by-zero",
      title: "7 ÷ 0",
      subject: "calc.divide",
      request: numbers(7, 0),
      expected: "an error that says zero",
      check: repliesError(/zero|\b0\b/i),
    },
    {
      id: "text",
      title: "Text instead of a number",
      subject: "calc.add",
      request: '{"a":"7","b":5}',
      expected: "an error that says number",
      check: repliesError(/number/i),
    },
    {
      id: "missing",
      title: "No b",
      subject: "calc.multiply",
      request: '{"a":7}',
      expected: "an error that says number, b or missing",
      check: repliesError(/number|missing|\bb\b/i),
    },
    {
      id: "no-json",
      title: "No JSON",
      subject: "calc.add",
      request: "seven and five",
      expected: "an error",
      check: repliesError(/./),
    },
    {
      id: "unknown",
      title: "An unknown operation",
      subject: "calc.power",
      request: numbers(7, 5),
      expected: "an error that names it",
      check: repliesError(/power|operation|unknown/i),
    },
  ],
};

export const lesson: Lesson = {
  id: "calculator",
  title: "Calculator",
  minutes: 15,
  learn: ["One handler for several subjects", "Checking operands, and saying what is wrong with them"],
  words: [
    "The responder calculator is subscribed to `calc.*` and does nothing yet. Write its handler: `calc.add`, `calc.subtract`, `calc.multiply` and `calc.divide`, for `{ a, b }`. It answers with `{ result }`, or with `{ error }` if there is none.",
  ],
  handlers: [HANDLER],
  scenario: {
    seed: 1,
    responders: [responder("calculator", { subject: "calc.*", queue: "calc", handler: startOf(HANDLER) })],
    requesters: [
      requester("client-1", {
        subject: "calc.add",
        payload: { format: "json", template: '{ "a": 7, "b": 5 }' },
      }),
    ],
  },
  steps: [
    {
      id: "sums",
      instruction: "Open the handler, write the four operations, and **Run cases**.",
      condition: (seen) => ({ done: seen.cases(SUMS.id).met, of: SUMS.cases.length }),
      hint: "`request.subject` says which operation, `request.json()` gives a and b. Return an object: `{ result: a + b }`.",
      notice:
        "One subscription with a wildcard, one handler, four services. Each could be a responder of its own instead, and no requester would notice.",
      doIt: [
        { do: "editResponder", responder: "calculator", setup: { handler: solutionOf(HANDLER) } },
        { do: "runCases", set: SUMS.id },
      ],
      cases: SUMS,
    },
    {
      id: "errors",
      instruction:
        "Now handle what can go wrong: division by zero, bad operands, and payloads that are no request at all.",
      condition: (seen) => ({ done: seen.cases(ERRORS.id).met, of: ERRORS.cases.length }),
      hint: 'In JavaScript 7 / 0 is Infinity and "7" + 5 is "75": nothing throws, so you have to check.',
      notice:
        "Every mistake came back as an error reply with a helpful message. What you do not catch yourself, such as invalid JSON, Roundtrip turns into an error reply for you.",
      doIt: [
        { do: "editResponder", responder: "calculator", setup: { handler: solutionOf(HANDLER) } },
        { do: "runCases", set: ERRORS.id },
      ],
      cases: ERRORS,
    },
  ],
};

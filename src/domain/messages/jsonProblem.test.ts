import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonProblem } from "./jsonProblem.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON with one place changed, so that both valid and nearly valid texts come up. */
const nearJson = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.constantFrom("", ",", "}", "]", '"', "0", "-", ".", "e", " ", "\\", "\n", "{", "t", "\u2028"),
  )
  .map(([json, place, change]) => {
    const offset = place % (json.length + 1);
    return [
      json.slice(0, offset) + change + json.slice(offset),
      json.slice(0, offset) + change + json.slice(offset + 1),
    ];
  });

it("agrees with JSON.parse on what is JSON", () => {
  fc.assert(
    fc.property(
      fc.json(),
      nearJson,
      fc.string({ unit: fc.constantFrom(...'01-+.eE"\\u{}[],: tn') }),
      (json, near, odd) => {
        for (const text of [json, ...near, odd]) {
          const problem = jsonProblem(text);
          expect([text, problem === null]).toEqual([text, isJson(text)]);
          if (problem) expect(problem.at >= 0 && problem.at <= text.length).toBe(true);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  ['{"user_id": 1,}', 14, /comma before }/],
  ["{'user_id': 1}", 1, /name in double quotes/],
  ['{"user_id": abc}', 12, /"abc" is not JSON as it stands/],
  ['{"user_id" 1}', 11, /colon/],
  ['{"a": 1 "b": 2}', 8, /comma, not a quote/],
  ['{"a": 1', 7, /not closed: add }/],
  ["[1, 2", 5, /not closed: add ]/],
  ["[1,]", 3, /comma before ]/],
  ['{"a": "x}', 6, /text that begins here is not closed/],
  ["{} {}", 3, /After the end/],
  ["007", 0, /begin with 0/],
  ["'a'", 0, /double quotes/],
  ["", 0, /ends where a value/],
  ['"a\nb"', 2, /\\n/],
  ['"C:\\dir"', 3, /backslash/],
])("%s: says at %d what is wrong", (text, at, words) => {
  const problem = jsonProblem(text);
  expect(problem?.at).toBe(at);
  expect(problem?.message).toMatch(words);
});

it("refuses absurd depth instead of running out of stack", () => {
  expect(jsonProblem("[".repeat(100_000))?.message).toMatch(/flatter/);
});

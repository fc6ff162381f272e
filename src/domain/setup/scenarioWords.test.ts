import { expect, it } from "vitest";
import { checkNote, parseScenario, scenarioDocument } from "./scenarioSchema.ts";

const setup = { seed: 1, responders: [], requesters: [] };

it("a scenario keeps what it says about itself", () => {
  const scenario = { title: "One slow of three", note: "Press Send.\nThen look at Latency.", setup };
  expect(parseScenario(scenarioDocument(scenario))).toEqual({ ok: true, scenario });
});

it.each([
  ["", "Write something, or leave it out."],
  ["x".repeat(401), "It has 401 characters: use at most 400."],
  ["a\u0007b", "It holds a control character."],
])("a note such as %j says what is wrong with it", (note, problem) => {
  expect(checkNote(note)).toBe(problem);
  expect(parseScenario({ roundtrip: 3, note, setup })).toEqual({ ok: false, problems: [`note: ${problem}`] });
});

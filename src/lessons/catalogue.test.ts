import { describe, expect, test } from "vitest";
import { parseScenario, scenarioDocument } from "../domain/setup/scenarioSchema.ts";
import { LESSONS } from "./catalogue.ts";
import { meaningOf, readTerm } from "./glossary.ts";
import type { LessonAction } from "./actions.ts";

test("ids are unique", () => {
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
});

describe.each(LESSONS)("$id", (entry) => {
  test("the menu tells the truth about it", async () => {
    const { lesson } = await entry.load();
    expect(lesson).toMatchObject({ id: entry.id, title: entry.title, minutes: entry.minutes });
    expect(lesson.steps.filter(({ optional }) => !optional)).toHaveLength(entry.steps);
  });

  test("its scenario can be put up", async () => {
    const { lesson } = await entry.load();
    const scenario = { lesson: entry.id, setup: lesson.scenario };
    expect(parseScenario(scenarioDocument(scenario))).toEqual({ ok: true, scenario });
    const names = [...lesson.scenario.responders, ...lesson.scenario.requesters].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("its terms are explained", async () => {
    const { lesson } = await entry.load();
    const written = JSON.stringify(lesson).match(/\[\[[^\]]+\]\]/g) ?? [];
    for (const term of written) expect(meaningOf(readTerm(term).term), term).toMatch(/\S/);
  });

  test("its steps have ids of their own, words, and actions on peers that are there", async () => {
    const { lesson } = await entry.load();
    const ids = lesson.steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const added = lesson.steps.flatMap(({ doIt }) => doIt).flatMap(addedBy);
    const known = [...lesson.scenario.responders, ...lesson.scenario.requesters, ...added].map(
      ({ name }) => name,
    );
    for (const { instruction, hint, notice, doIt } of lesson.steps) {
      for (const words of [instruction, hint, notice]) expect(words).toMatch(/\S/);
      for (const name of doIt.flatMap(namedBy)) expect(known).toContain(name);
    }
  });
});

const addedBy = (action: LessonAction): { readonly name: string }[] =>
  action.do === "addResponder" || action.do === "addRequester" ? [action.setup] : [];

function namedBy(action: LessonAction): string[] {
  if ("requester" in action) return [action.requester];
  return "responder" in action ? [action.responder] : [];
}

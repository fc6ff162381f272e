import { beforeEach, expect, test } from "vitest";
import { changeAlongside, extendStep, historyStore, offerUndo, recordStep, undo } from "./history.ts";

const log: string[] = [];
const step = (words: string) => ({
  words,
  undo: () => void log.push(`undo ${words}`),
  redo: () => void log.push(`redo ${words}`),
});

beforeEach(() => {
  log.length = 0;
  historyStore.setState({ past: [], future: [] });
});

test("what goes on from a step is one step with it", async () => {
  recordStep(step("a"));
  extendStep(step("a, more"));
  expect(historyStore.getState().past).toHaveLength(1);
  undo();
  expect(log).toEqual(["undo a"]);
  await Promise.resolve();
});

test("a change whose undo is offered is a step of its own, however soon it comes", async () => {
  recordStep(step("written"));
  offerUndo("It is reset.", () => {});
  extendStep(step("reset"));
  expect(historyStore.getState().past.map(({ words }) => words)).toEqual(["written", "reset"]);
  await Promise.resolve();
  extendStep(step("typed on"));
  expect(historyStore.getState().past).toHaveLength(2);
});

test("so is one with which more is undone", async () => {
  recordStep(step("written"));
  changeAlongside({ undo: () => void log.push("undo draft"), redo: () => {} });
  extendStep(step("reset"));
  expect(historyStore.getState().past).toHaveLength(2);
  undo();
  expect(log).toEqual(["undo reset", "undo draft"]);
  await Promise.resolve();
});

import { createStore } from "zustand/vanilla";
import { notify } from "./noticesStore.ts";

/** Something that was changed and can be changed back. */
export interface HistoryStep {
  /** What changed, as in `Delay of responder-1`. */
  readonly words: string;
  undo(): void;
  redo(): void;
}

interface History {
  /** Newest last. */
  readonly past: readonly HistoryStep[];
  /** What was undone and can be done again, the next one last. */
  readonly future: readonly HistoryStep[];
}

/** So many steps can be undone. */
const KEPT = 200;

export const historyStore = createStore<History>(() => ({ past: [], future: [] }));

/** What is to be undone and done again with the step that is being made. */
let alongside: Omit<HistoryStep, "words">[] = [];

/** Adds to the step that the caller has just made: what it changes beside what the step knows of. */
export function changeAlongside(change: Omit<HistoryStep, "words">): void {
  alongside.push(change);
  // The step is taken down before that; where there is none, no other is to take it.
  queueMicrotask(() => {
    alongside = [];
  });
}

/** Takes a step down. What had been undone before it cannot be done again. */
export function recordStep(step: HistoryStep): void {
  const beside = alongside;
  alongside = [];
  const whole: HistoryStep = {
    words: step.words,
    undo() {
      step.undo();
      for (const each of beside.toReversed()) each.undo();
    },
    redo() {
      step.redo();
      for (const each of beside) each.redo();
    },
  };
  historyStore.setState(({ past }) => ({ past: [...past, whole].slice(-KEPT), future: [] }));
}

/** Whether the step that is being made is one that a person is offered to undo. */
let offered = false;

/**
 * Lets a step that goes on from the newest one take its place, unless there is more to undo with it, or its own undo is offered: who
 * types a text makes many changes, who presses a button makes one.
 */
export function extendStep(step: HistoryStep): void {
  const { past } = historyStore.getState();
  const newest = past.at(-1);
  if (!newest || offered || alongside.length > 0) return recordStep(step);
  historyStore.setState({ past: [...past.slice(0, -1), { ...newest, redo: step.redo }], future: [] });
}

/** Changes the newest step back. */
export function undo(): void {
  const step = undoNewest();
  if (step) notify("neutral", `Undone: ${step.words}.`, { label: "Redo", run: redo });
}

function undoNewest(): HistoryStep | undefined {
  const { past, future } = historyStore.getState();
  const step = past.at(-1);
  if (!step) return undefined;
  historyStore.setState({ past: past.slice(0, -1), future: [...future, step] });
  step.undo();
  return step;
}

/** Makes the change again that was undone last. */
export function redo(): void {
  const { past, future } = historyStore.getState();
  const step = future.at(-1);
  if (!step) return;
  historyStore.setState({ past: [...past, step], future: future.slice(0, -1) });
  step.redo();
  notify("neutral", `Done again: ${step.words}.`, { label: "Undo", run: undo });
}

/**
 * Says what was just changed, with a button that changes it back. Where it is not the newest change any more, `inverse` changes back
 * this one alone.
 */
export function offerUndo(words: string, inverse: () => void): void {
  let made: HistoryStep | undefined;
  offered = true;
  // A step is taken down when what makes it is done.
  queueMicrotask(() => {
    offered = false;
    made = historyStore.getState().past.at(-1);
  });
  notify("neutral", words, {
    label: "Undo",
    run() {
      if (made !== undefined && made === historyStore.getState().past.at(-1)) undoNewest();
      else inverse();
    },
  });
}

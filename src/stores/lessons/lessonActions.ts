import { createStore } from "zustand/vanilla";
import type { LessonAction } from "../../lessons/actions.ts";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import { DEFAULT_SETUP } from "../../domain/setup/defaultSetup.ts";
import { forgetCases } from "./casesStore.ts";
import { everyoneStarted, runAction } from "./runAction.ts";
import { keepOwnSetup, progressStore, setStepsDone, stepsDone } from "./lessonProgress.ts";
import { beginStepAnew } from "./lessonWatch.ts";
import { changeAlongside, offerUndo } from "../page/history.ts";
import { beginAnew } from "../loads/resultsActions.ts";
import { loadSetup } from "../setup/setupActions.ts";
import { currentSetup } from "../setup/setupStorage.ts";
import { sameSetup, type Setup } from "../../domain/setup/setup.ts";

/** Puts up what a lesson needs. The person's own setup is kept, and given back on request. */
export function loadScenario(lesson: Lesson): void {
  const before = currentSetup();
  const { own } = progressStore.getState();
  keepOwn(before);
  putUp(lesson);
  const giveBack = (): void => {
    progressStore.setState({ own });
  };
  changeAlongside({ undo: giveBack, redo: () => keepOwn(before) });
  offerUndo(`The scenario of “${lesson.title}” is loaded. Your own setup is kept.`, () => {
    loadSetup(before);
    giveBack();
  });
}

/** Puts the scenario up as on a page that was just opened: nothing of what was done before it counts or shows. */
function putUp({ scenario }: Lesson): void {
  loadSetup(scenario);
  beginAnew();
  forgetCases();
  beginStepAnew();
}

/** Keeps the person's own setup, unless one is kept: then what is up is a lesson's. */
function keepOwn(setup: Setup): void {
  if (progressStore.getState().own === null) keepOwnSetup(setup);
}

/** Puts the person's own setup up again. */
export function giveSetupBack(): void {
  const { own } = progressStore.getState();
  if (own === null) return;
  loadSetup(own.setup);
  beginAnew();
  keepOwnSetup(null);
  changeAlongside({ undo: () => progressStore.setState({ own }), redo: () => keepOwnSetup(null) });
}

/**
 * Puts a lesson's scenario up by itself where that costs nobody anything: on an untouched page, and when a person goes on from
 * another lesson. Otherwise that is left to the person.
 */
export function prepare(lesson: Lesson, by: "person" | "address"): void {
  const before = currentSetup();
  if (sameSetup(before, lesson.scenario)) return;
  if (progressStore.getState().own !== null) {
    // A reload finds everything as it was left.
    if (by === "person") loadScenario(lesson);
  } else if (sameSetup(before, DEFAULT_SETUP)) {
    keepOwnSetup(before);
    putUp(lesson);
    changeAlongside({ undo: () => keepOwnSetup(null), redo: () => keepOwnSetup(before) });
  }
}

/** Takes every tick of a lesson back and puts its scenario up afresh. Can be undone. */
export function resetLesson(lesson: Lesson): void {
  const done = stepsDone(lesson.id);
  const before = currentSetup();
  const { own } = progressStore.getState();
  keepOwn(before);
  setStepsDone(lesson.id, []);
  putUp(lesson);
  const giveBack = (): void => {
    setStepsDone(lesson.id, done);
    progressStore.setState({ own });
  };
  const takeAgain = (): void => {
    keepOwn(before);
    setStepsDone(lesson.id, []);
  };
  changeAlongside({ undo: giveBack, redo: takeAgain });
  offerUndo(`“${lesson.title}” starts again.`, () => {
    loadSetup(before);
    giveBack();
  });
}

interface Performance {
  /** The step that is being done for the person, or null. */
  readonly step: string | null;
  readonly action: LessonAction | null;
}

export const performanceStore = createStore<Performance>(() => ({ step: null, action: null }));

/** Does a step in the page as a person would, one visible action after another. */
export async function doItForMe(lesson: Lesson, step: Step): Promise<void> {
  if (performanceStore.getState().step !== null) return;
  performanceStore.setState({ step: step.id, action: null });
  try {
    if (progressStore.getState().own === null && !sameSetup(currentSetup(), lesson.scenario)) {
      // In a setup of the person's own, other things would come of it.
      loadScenario(lesson);
      await runAction({ do: "until", what: "connected" }, lesson);
    }
    await everyoneStarted();
    for (const action of step.doIt) {
      performanceStore.setState({ step: step.id, action });
      await runAction(action, lesson);
    }
  } finally {
    performanceStore.setState({ step: null, action: null });
  }
}

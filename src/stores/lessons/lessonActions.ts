import { createStore } from "zustand/vanilla";
import type { LessonAction } from "../../lessons/actions.ts";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import { DEFAULT_SETUP } from "../peers/defaultSetup.ts";
import { forgetCases } from "./casesStore.ts";
import { everyoneStarted, runAction } from "./runAction.ts";
import { keepOwnSetup, progressStore, setStepsDone, stepsDone } from "./lessonProgress.ts";
import { beginStepAnew } from "./lessonWatch.ts";
import { notify } from "../page/noticesStore.ts";
import { loadSetup } from "../setup/setupActions.ts";
import { currentSetup } from "../setup/setupStorage.ts";
import { sameSetup } from "../../domain/setup/setup.ts";

/** Puts up what a lesson needs. The person's own setup is kept, and given back on request. */
export function loadScenario(lesson: Lesson): void {
  const before = currentSetup();
  const { own } = progressStore.getState();
  if (own === null) keepOwnSetup(before);
  loadSetup(lesson.scenario);
  forgetCases();
  beginStepAnew();
  notify("neutral", `The scenario of “${lesson.title}” is loaded. Your own setup is kept.`, {
    label: "Undo",
    run: () => {
      loadSetup(before);
      progressStore.setState({ own });
    },
  });
}

/** Puts the person's own setup up again. */
export function giveSetupBack(): void {
  const { own } = progressStore.getState();
  if (own === null) return;
  loadSetup(own.setup);
  keepOwnSetup(null);
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
    loadSetup(lesson.scenario);
  }
}

/** Takes every tick of a lesson back and puts its scenario up afresh. Can be undone. */
export function resetLesson(lesson: Lesson): void {
  const done = stepsDone(lesson.id);
  const before = currentSetup();
  const { own } = progressStore.getState();
  if (own === null) keepOwnSetup(before);
  setStepsDone(lesson.id, []);
  loadSetup(lesson.scenario);
  forgetCases();
  beginStepAnew();
  notify("neutral", `“${lesson.title}” starts again.`, {
    label: "Undo",
    run: () => {
      setStepsDone(lesson.id, done);
      loadSetup(before);
      progressStore.setState({ own });
    },
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

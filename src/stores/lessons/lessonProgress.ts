import { createJSONStorage, persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";
import type { Setup } from "../../domain/setup/setup.ts";
import { parseScenario, scenarioDocument, type ScenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { browserStorage } from "../page/browserStorage.ts";

interface Kept {
  /** By lesson: the ids of the steps that are done. */
  readonly done: Readonly<Record<string, readonly string[]>>;
  /** The person's own setup while a lesson's scenario is up, or null. */
  readonly own: ScenarioDocument | null;
}

const NOTHING: Kept = { done: {}, own: null };

/** What outlasts a reload. Storage can hold anything: only what is understood is taken. */
export const progressStore = createStore<Kept>()(
  persist(() => NOTHING, {
    name: "roundtrip.lessons",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept) => sound(kept),
  }),
);

function sound(kept: unknown): Kept {
  if (typeof kept !== "object" || kept === null) return NOTHING;
  const lessons = "done" in kept && typeof kept.done === "object" && kept.done ? kept.done : {};
  const done = Object.entries(lessons).flatMap(([lesson, steps]: [string, unknown]) =>
    Array.isArray(steps) ? [[lesson, steps.filter((step) => typeof step === "string")] as const] : [],
  );
  const own = "own" in kept ? parseScenario(kept.own) : null;
  return {
    done: Object.fromEntries(done),
    own: own?.ok ? scenarioDocument({ setup: own.scenario.setup }) : null,
  };
}

export const stepsDone = (lesson: string): readonly string[] => progressStore.getState().done[lesson] ?? [];

export function setStepsDone(lesson: string, steps: readonly string[]): void {
  progressStore.setState(({ done }) => ({ done: { ...done, [lesson]: steps } }));
}

export function keepOwnSetup(setup: Setup | null): void {
  progressStore.setState({ own: setup && scenarioDocument({ setup }) });
}

import { createStore } from "zustand/vanilla";
import type { CaseAnswer, CasesSeen } from "../../lessons/cases.ts";

/** What came of one case. `problem` is null when it is as expected. */
export interface CaseResult {
  readonly answer: CaseAnswer | null;
  readonly problem: string | null;
  /** Its exchange in the record, or null. */
  readonly seq: number | null;
}

export interface CasesRun {
  readonly running: boolean;
  readonly of: number;
  /** Why the cases could not be run, or null. */
  readonly trouble: string | null;
  /** By the case's id. */
  readonly results: Readonly<Record<string, CaseResult>>;
}

/** What came of runnable cases, by their set. */
export const casesStore = createStore<Readonly<Record<string, CasesRun>>>(() => ({}));

/** How a set stands, for a step's condition. */
export function casesSeen(set: string): CasesSeen {
  const run = casesStore.getState()[set];
  const results = Object.values(run?.results ?? {});
  const met = results.filter(({ problem }) => problem === null).length;
  return { met, failed: results.length - met, of: run?.of ?? 0 };
}

/** Takes every result back, so that no step is done by what came before it. */
export function forgetCases(): void {
  const running = Object.entries(casesStore.getState()).filter(([, run]) => run.running);
  casesStore.setState(Object.fromEntries(running), true);
}

import type { HandlerRef } from "../domain/setup/setup.ts";

/** A handler that a learner writes in an exercise. */
export interface ExerciseHandler {
  /** Whose handler it is, by name. */
  readonly responder: string;
  readonly title: string;
  /** Where a learner begins. */
  readonly start: string;
  readonly solution: string;
}

export const startOf = ({ title, start }: ExerciseHandler): HandlerRef => ({
  kind: "code",
  title,
  source: start,
});

export const solutionOf = ({ title, solution }: ExerciseHandler): HandlerRef => ({
  kind: "code",
  title,
  source: solution,
});

import type { Setup } from "../domain/setup/setup.ts";
import type { CaseSet } from "./cases.ts";
import type { LessonAction } from "./actions.ts";
import type { ExerciseHandler } from "./exercise.ts";
import type { LessonView } from "./lessonView.ts";

/** A lesson is data: words, something to load, and steps that know by themselves when they are done. */
export interface Lesson {
  /** As in `?lesson=<id>`. */
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** What a person can do or knows afterwards. */
  readonly learn: readonly string[];
  /** Paragraphs before the first step. Here and in steps: `code`, **names of controls** and [[terms]] of the glossary. */
  readonly words: readonly string[];
  readonly scenario: Setup;
  /** What a learner writes, in an exercise. */
  readonly handlers?: readonly ExerciseHandler[];
  readonly steps: readonly Step[];
  /** Paragraphs after the last step, once all are done. */
  readonly closing?: readonly string[];
}

export interface Step {
  /** Unique in its lesson; progress is kept under it, so it stays the same when words change. */
  readonly id: string;
  readonly instruction: string;
  /**
   * True once the step is done. Asked several times a second, about what was recorded since the step began, whoever made it.
   * Pure; cheap by way of the view, which is bounded. A step that is done stays done.
   */
  readonly condition: Condition;
  readonly hint: string;
  /** What to notice, shown once the step is done. */
  readonly notice: string;
  /** What “Do it for me” does in the page. It never ticks the step: only the condition does. */
  readonly doIt: readonly LessonAction[];
  /** It can be left out: the lesson is done without it. Such steps come last. */
  readonly optional?: true;
  /** Figures beside the step while it is worked on; those of the moment it was done stay. */
  readonly measure?: (seen: LessonView) => readonly Measure[];
  /** Cases that can be run, shown as a table in the step. */
  readonly cases?: CaseSet;
}

export type Condition = (seen: LessonView) => boolean | Progress;

/** How far a step has come; it is done when `done` reaches `of`. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** One line of figures: `responder-2  34 of 100`. */
export interface Measure {
  readonly label: string;
  readonly value: string;
  /** From 0 to 1: drawn as a bar. */
  readonly bar?: number;
  /** Where a random choice would end the bar, from 0 to 1. */
  readonly band?: readonly [from: number, to: number];
}

import type { Lesson } from "./lesson.ts";

/** A lesson as the menu shows it; its content is loaded when it is opened. */
export interface LessonEntry {
  readonly id: string;
  readonly title: string;
  readonly kind: "lesson" | "exercise";
  readonly minutes: number;
  /** How many steps it has, for the menu's progress. */
  readonly steps: number;
  load(): Promise<{ readonly lesson: Lesson }>;
}

/** In the order in which they build on each other. */
export const LESSONS: readonly LessonEntry[] = [
  {
    id: "first-round-trip",
    title: "First round trip",
    kind: "lesson",
    minutes: 5,
    steps: 4,
    load: () => import("./firstRoundTrip.ts"),
  },
];

export const lessonEntry = (id: string): LessonEntry | undefined => LESSONS.find((entry) => entry.id === id);

import type { Lesson } from "./lesson.ts";

/** A lesson as the menu shows it; its content is loaded when it is opened. */
export interface LessonEntry {
  readonly id: string;
  readonly title: string;
  readonly kind: "lesson" | "exercise";
  readonly minutes: number;
  /** How many steps it takes to be done, for the menu's progress. */
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
    load: () => import("./content/firstRoundTrip.ts"),
  },
  {
    id: "many-at-once",
    title: "Many at once",
    kind: "lesson",
    minutes: 4,
    steps: 3,
    load: () => import("./content/manyAtOnce.ts"),
  },
  {
    id: "sharing-the-load",
    title: "Sharing the load",
    kind: "lesson",
    minutes: 6,
    steps: 4,
    load: () => import("./content/sharingTheLoad.ts"),
  },
  {
    id: "naming-subjects",
    title: "Naming subjects",
    kind: "lesson",
    minutes: 6,
    steps: 5,
    load: () => import("./content/namingSubjects.ts"),
  },
  {
    id: "saying-no-clearly",
    title: "Saying no clearly",
    kind: "lesson",
    minutes: 8,
    steps: 4,
    load: () => import("./content/sayingNoClearly.ts"),
  },
  {
    id: "small-payloads",
    title: "Small payloads",
    kind: "lesson",
    minutes: 5,
    steps: 3,
    load: () => import("./content/smallPayloads.ts"),
  },
  {
    id: "services-that-call-services",
    title: "Services that call services",
    kind: "lesson",
    minutes: 12,
    steps: 8,
    load: () => import("./content/servicesThatCallServices.ts"),
  },
  {
    id: "when-nobody-answers",
    title: "When nobody answers",
    kind: "lesson",
    minutes: 15,
    steps: 12,
    load: () => import("./content/whenNobodyAnswers.ts"),
  },
  {
    id: "four-shapes",
    title: "Four shapes of a service",
    kind: "lesson",
    minutes: 12,
    steps: 6,
    load: () => import("./content/fourShapes.ts"),
  },
  {
    id: "against-http",
    title: "Against HTTP",
    kind: "lesson",
    minutes: 8,
    steps: 3,
    load: () => import("./content/againstHttp.ts"),
  },
  {
    id: "breaking-it",
    title: "Breaking it",
    kind: "lesson",
    minutes: 8,
    steps: 5,
    load: () => import("./content/breakingIt.ts"),
  },
  {
    id: "asking-everyone",
    title: "Asking everyone",
    kind: "lesson",
    minutes: 6,
    steps: 5,
    load: () => import("./content/askingEveryone.ts"),
  },
  {
    id: "finding-faults",
    title: "Why did that fail?",
    kind: "lesson",
    minutes: 8,
    steps: 4,
    load: () => import("./content/findingFaults.ts"),
  },
  {
    id: "from-python",
    title: "Python and this page",
    kind: "lesson",
    minutes: 10,
    steps: 4,
    load: () => import("./content/fromPython.ts"),
  },
  {
    id: "looking-back",
    title: "Looking back and ahead",
    kind: "lesson",
    minutes: 6,
    steps: 3,
    load: () => import("./content/lookingBack.ts"),
  },
  {
    id: "calculator",
    title: "Calculator",
    kind: "exercise",
    minutes: 15,
    steps: 2,
    load: () => import("./content/calculator.ts"),
  },
  {
    id: "chain",
    title: "Chain",
    kind: "exercise",
    minutes: 25,
    steps: 3,
    load: () => import("./content/chain.ts"),
  },
  {
    id: "health-monitor",
    title: "Health monitor",
    kind: "exercise",
    minutes: 20,
    steps: 2,
    load: () => import("./content/healthMonitor.ts"),
  },
];

export const lessonEntry = (id: string): LessonEntry | undefined => LESSONS.find((entry) => entry.id === id);

import { createStore } from "zustand/vanilla";
import { lessonEntry, LESSONS } from "../../lessons/catalogue.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { agreeTo } from "../handlers/agreedHandlers.ts";
import { setFolded } from "../page/panelsStore.ts";

export interface LessonsState {
  /** What was asked for, by its id; null while no lesson is open. */
  readonly open: string | null;
  /** Its content, once that is loaded. */
  readonly lesson: Lesson | null;
  /** Why there is none, and what to do. */
  readonly problem: string | null;
}

const CLOSED: LessonsState = { open: null, lesson: null, problem: null };

/** Which lesson is open. Light: what lessons consist of is loaded when one is opened. */
export const lessonsStore = createStore<LessonsState>(() => CLOSED);

/** Opens a lesson beside the playground, which stays as it is. The address names it, so that a reload finds it again. */
export async function openLesson(id: string, by: "person" | "address" = "person"): Promise<void> {
  setFolded("lesson", false);
  lessonsStore.setState({ ...CLOSED, open: id });
  nameInAddress(id);
  const entry = lessonEntry(id);
  if (!entry) {
    lessonsStore.setState({
      problem: `There is no lesson “${id.slice(0, 60)}”. It may have been renamed, or the link is misspelt. Choose one of the ${LESSONS.length} there are.`,
    });
    return;
  }
  try {
    const { lesson } = await entry.load();
    // What comes with the page runs without being asked about, as the built-in handlers do.
    for (const { start, solution } of lesson.handlers ?? []) {
      agreeTo(start);
      agreeTo(solution);
    }
    const { prepare } = await import("./lessonActions.ts");
    if (lessonsStore.getState().open !== id) return;
    prepare(lesson, by);
    lessonsStore.setState({ lesson });
  } catch {
    if (lessonsStore.getState().open !== id) return;
    lessonsStore.setState({
      problem: `“${entry.title}” could not be loaded. Check that the page’s server can be reached, and open the lesson again.`,
    });
  }
}

export function closeLesson(): void {
  lessonsStore.setState(CLOSED);
  nameInAddress(null);
}

/** The lesson that the address asks for, or null. */
export const lessonInAddress = (): string | null => new URLSearchParams(location.search).get("lesson");

function nameInAddress(id: string | null): void {
  if (lessonInAddress() === id) return;
  const address = new URL(location.href);
  if (id === null) address.searchParams.delete("lesson");
  else address.searchParams.set("lesson", id);
  history.replaceState(history.state, "", address);
}

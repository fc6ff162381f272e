import { useStore } from "zustand";
import { LESSONS } from "../../lessons/catalogue.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { resetLesson } from "../../stores/lessons/lessonActions.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { openLesson } from "../../stores/lessons/lessonsStore.ts";
import { Prose } from "./Prose.tsx";
import { Button } from "../controls/Button.tsx";

/** What comes after a lesson, and the way back to its beginning. */
export function LessonEnd({ lesson, finished }: { readonly lesson: Lesson; readonly finished: boolean }) {
  const begun = useStore(progressStore, (kept) => (kept.done[lesson.id]?.length ?? 0) > 0);
  const next = LESSONS[LESSONS.findIndex(({ id }) => id === lesson.id) + 1];
  return (
    <div className="lesson-end">
      {finished && <p className="lesson-finished">All steps are done.</p>}
      {finished &&
        lesson.closing?.map((each) => (
          <p key={each} className="lesson-closing">
            <Prose text={each} />
          </p>
        ))}
      <div className="lesson-end-tools">
        {next && (
          <Button look={finished ? "primary" : "quiet"} onClick={() => void openLesson(next.id)}>
            Next: {next.title}
          </Button>
        )}
        <Button look="quiet" disabled={!begun} onClick={() => resetLesson(lesson)}>
          Reset lesson
        </Button>
      </div>
    </div>
  );
}

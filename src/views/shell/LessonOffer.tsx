import { X } from "lucide-react";
import { useStore } from "zustand";
import { LESSONS } from "../../lessons/catalogue.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { lessonsStore, openLesson } from "../../stores/lessons/lessonsStore.ts";
import { settingsStore, stopOfferingLesson } from "../../stores/page/settingsStore.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { IconButton } from "../controls/IconButton.tsx";

/** Offers the first lesson to whoever has begun none, in one line, until they say no. */
export function LessonOffer() {
  const offered = useStore(settingsStore, ({ offersLesson }) => offersLesson);
  const begun = useStore(progressStore, ({ done }) => Object.keys(done).length > 0);
  const open = useStore(lessonsStore, (lessons) => lessons.open !== null);
  const noted = useStore(scenarioStore, ({ words }) => words.note !== undefined);
  const [first] = LESSONS;
  if (!offered || begun || open || noted || !first) return null;
  return (
    <p className="lesson-offer">
      <span>New to request-reply?</span>
      <button type="button" className="lesson-offer-open" onClick={() => void openLesson(first.id)}>
        Start with “{first.title}”
      </button>
      <span className="lesson-offer-time">{first.minutes} minutes</span>
      <IconButton label="No, thanks" hint="the menu has every lesson" onClick={stopOfferingLesson}>
        <X size={14} />
      </IconButton>
    </p>
  );
}

import { Minimize2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { currentStep } from "../../stores/lessons/lessonWatch.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { setPresenting } from "../../stores/page/panelsStore.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { RecordClip } from "../picture/RecordClip.tsx";
import { Prose } from "../lessons/Prose.tsx";
import { sendActive } from "../requesters/unsendable.ts";
import "./present.css";

/** So long after the pointer has moved its controls are there, in ms. */
const SEEN_MS = 3000;

/** What a presentation has besides the diagram and its caption: the step of the lesson, and controls while the pointer moves. */
export function Presentation() {
  const lesson = useStore(lessonsStore, (lessons) => lessons.lesson);
  const pointing = usePointing();
  return (
    <div className="presentation" data-pointing={pointing}>
      {lesson && <PresentedStep lesson={lesson} />}
      <div className="presentation-tools" role="toolbar" aria-label="Presentation">
        <Button look="primary" onClick={() => sendActive(1)}>
          Send
        </Button>
        <RecordClip />
        <IconButton label="Stop presenting" hint="Esc" onClick={() => setPresenting(false)}>
          <Minimize2 size={18} />
        </IconButton>
      </div>
    </div>
  );
}

function PresentedStep({ lesson }: { readonly lesson: Lesson }) {
  const done = useStore(progressStore, (all) => all.done[lesson.id]) ?? [];
  const step = currentStep(lesson, done);
  return (
    <section className="presented-step" aria-label="Step of the lesson" aria-live="polite">
      {step ? (
        <>
          <span className="presented-number">{lesson.steps.indexOf(step) + 1}</span>
          <p>
            <Prose text={step.instruction} />
          </p>
        </>
      ) : (
        <p>{lesson.title}: every step is done.</p>
      )}
    </section>
  );
}

/** Whether the pointer has just moved. */
function usePointing(): boolean {
  const [pointing, setPointing] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = (): void => {
      setPointing(true);
      clearTimeout(timer);
      timer = setTimeout(() => setPointing(false), SEEN_MS);
    };
    moved();
    window.addEventListener("pointermove", moved);
    return () => {
      window.removeEventListener("pointermove", moved);
      clearTimeout(timer);
    };
  }, []);
  return pointing;
}

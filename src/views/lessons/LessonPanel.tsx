import { PanelLeftClose, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { LESSONS } from "../../lessons/catalogue.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { closeLesson, lessonsStore, openLesson } from "../../stores/lessons/lessonsStore.ts";
import { currentStep, watchLesson } from "../../stores/lessons/lessonWatch.ts";
import { panelsStore, setFolded } from "../../stores/page/panelsStore.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { LessonEnd } from "./LessonEnd.tsx";
import { Prose } from "./Prose.tsx";
import { Scenario } from "./Scenario.tsx";
import { StepItem } from "./StepItem.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";
import { useSettledIn } from "./useSettledIn.ts";
import "./lessons.css";

/** The open lesson beside the playground. */
export function LessonPanel() {
  const { lesson, problem } = useStore(lessonsStore);
  const folded = useStore(panelsStore, (panels) => panels.folded.lesson);
  const done = useStore(progressStore, (kept) => (lesson ? kept.done[lesson.id]?.length : 0) ?? 0);
  const panel = useRef<HTMLElement>(null);
  useKeptFocus(panel, `${lesson?.id} ${done}`);
  return (
    <section ref={panel} className="lesson" aria-label="Lesson" data-folded={folded}>
      <div className="lesson-heading">
        <h2>{lesson?.title ?? (problem === null ? "Loading …" : "No such lesson")}</h2>
        <IconButton
          label={folded ? "Unfold lesson" : "Fold lesson"}
          aria-expanded={!folded}
          className="lesson-fold"
          onClick={() => setFolded("lesson", !folded)}
        >
          <PanelLeftClose size={16} />
        </IconButton>
        <IconButton label="Close lesson" hint="its progress is kept" onClick={closeLesson}>
          <X size={15} />
        </IconButton>
      </div>
      {lesson !== null && <Steps key={lesson.id} lesson={lesson} folded={folded} />}
      {problem !== null && !folded && <Choose problem={problem} />}
    </section>
  );
}

function Steps({ lesson, folded }: { readonly lesson: Lesson; readonly folded: boolean }) {
  const kept = useStore(progressStore, (all) => all.done[lesson.id]);
  const needed = lesson.steps.filter(({ optional }) => !optional);
  const done = needed.filter(({ id }) => kept?.includes(id) === true);
  const current = currentStep(lesson, kept ?? []);
  const body = useSettledIn(current?.id ?? "end");
  useEffect(() => watchLesson(lesson), [lesson]);
  return (
    <>
      <div className="lesson-progress">
        <progress aria-label="Lesson progress" value={done.length} max={needed.length} />
        <span>
          {done.length} of {needed.length}
        </span>
      </div>
      <p className="visually-hidden" aria-live="polite">
        {done.length > 0 && `${done.length} of ${needed.length} steps are done.`}
      </p>
      {/* Focusable, so that the keyboard can scroll what holds nothing to focus. */}
      <div className="lesson-body" tabIndex={0} ref={body} hidden={folded}>
        <details className="lesson-about" open={done.length === 0}>
          <summary>About this lesson</summary>
          <ul className="lesson-learn">
            {lesson.learn.map((each) => (
              <li key={each}>
                <Prose text={each} />
              </li>
            ))}
          </ul>
          {lesson.words.map((each) => (
            <p key={each}>
              <Prose text={each} />
            </p>
          ))}
        </details>
        <Scenario lesson={lesson} />
        <ol aria-label="Steps">
          {lesson.steps.map((step, index) => (
            <StepItem
              key={step.id}
              lesson={lesson}
              step={step}
              number={index + 1}
              state={kept?.includes(step.id) ? "done" : step === current ? "now" : "later"}
            />
          ))}
        </ol>
        <LessonEnd lesson={lesson} finished={done.length === needed.length} />
      </div>
    </>
  );
}

function Choose({ problem }: { readonly problem: string }) {
  return (
    <div className="lesson-body" tabIndex={0}>
      <p role="alert">{problem}</p>
      <ul className="lesson-choice">
        {LESSONS.map(({ id, title }) => (
          <li key={id}>
            <Button look="quiet" onClick={() => void openLesson(id)}>
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

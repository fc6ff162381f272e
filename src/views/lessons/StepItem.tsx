import { Check } from "lucide-react";
import { useStore } from "zustand";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import { watchStore } from "../../stores/lessons/lessonWatch.ts";
import { CasesTable } from "./CasesTable.tsx";
import { ExerciseHandlers } from "./ExerciseHandlers.tsx";
import { DoItForMe } from "./DoItForMe.tsx";
import { Measures } from "./Measures.tsx";
import { Prose } from "./Prose.tsx";

type StepState = "done" | "now" | "later";

const STATE_WORDS: Readonly<Record<StepState, string>> = { done: "Done", now: "To do", later: "Later" };

interface Props {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly number: number;
  readonly state: StepState;
}

/** A step: what to do, how far that is, and what to notice once it is done. */
export function StepItem({ lesson, step, number, state }: Props) {
  return (
    <li className="step" data-state={state} aria-current={state === "now" ? "step" : undefined}>
      <span className="step-mark" role="img" aria-label={STATE_WORDS[state]}>
        {state === "done" ? <Check size={13} strokeWidth={3} /> : number}
      </span>
      <div className="step-body">
        <p className="step-instruction">
          {step.optional && <span className="step-optional">Optional. </span>}
          <Prose text={step.instruction} />
        </p>
        {state === "now" && lesson.handlers && <ExerciseHandlers handlers={lesson.handlers} />}
        {state === "now" && <StepProgress />}
        {state !== "later" && <Measures step={step.id} />}
        {state !== "later" && step.cases && <CasesTable lesson={lesson} set={step.cases} />}
        {state === "now" && (
          <div className="step-tools">
            <DoItForMe lesson={lesson} step={step} />
            <details className="step-hint">
              <summary>Hint</summary>
              <p>
                <Prose text={step.hint} />
              </p>
            </details>
          </div>
        )}
        {state === "done" && (
          <p className="step-notice">
            <Prose text={step.notice} />
          </p>
        )}
      </div>
    </li>
  );
}

function StepProgress() {
  const progress = useStore(watchStore, (watch) => watch.progress);
  if (!progress) return null;
  return (
    <p className="step-progress">
      {Math.min(progress.done, progress.of)} of {progress.of}
    </p>
  );
}

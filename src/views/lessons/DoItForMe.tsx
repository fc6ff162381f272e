import { WandSparkles } from "lucide-react";
import { useStore } from "zustand";
import { formatCounted, formatMs } from "../../domain/base/formats.ts";
import { labelOf } from "../../domain/setup/setupChange.ts";
import type { LessonAction } from "../../lessons/actions.ts";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import { doItForMe, performanceStore } from "../../stores/lessons/lessonActions.ts";
import { Button } from "../controls/Button.tsx";

/** Does the step in the page and says what it is doing. The step ticks by what comes of it. */
export function DoItForMe({ lesson, step }: { readonly lesson: Lesson; readonly step: Step }) {
  const { step: performed, action } = useStore(performanceStore);
  if (step.doIt.length === 0) return null;
  const mine = performed === step.id;
  return (
    <>
      <Button aria-disabled={performed !== null} onClick={() => void doItForMe(lesson, step)}>
        <WandSparkles size={13} /> Do it for me
      </Button>
      <p className="step-action" aria-live="polite">
        {mine && action && deedWords(action)}
      </p>
    </>
  );
}

/** What is being done, as a person would say it. */
function deedWords(action: LessonAction): string {
  switch (action.do) {
    case "send":
      return `${action.requester} sends ${formatCounted(action.count, "request")} …`;
    case "editRequester":
      return `${action.requester}: ${Object.keys(action.setup).map(labelOf).join(", ")} …`;
    case "editResponder":
      return `${action.responder}: ${Object.keys(action.setup).map(labelOf).join(", ")} …`;
    case "addRequester":
    case "addResponder":
      return `Adding ${action.setup.name} …`;
    case "startLoad":
      return `${action.requester} starts a load …`;
    case "stopLoad":
      return `${action.requester} stops its load …`;
    case "server":
      return `The server: ${action.action} …`;
    case "openTab":
      return "Opening a tab of the Results …";
    case "select":
      return `Selecting ${action.what} …`;
    case "reset":
      return "Emptying the record …";
    case "compare":
      return "Comparing with HTTP …";
    case "runCases":
      return "Running the cases …";
    case "wait":
      return `Waiting for ${formatMs(action.ms)} …`;
    case "until":
      return action.what === "settled"
        ? "Waiting until every call is settled …"
        : "Waiting for connections …";
    default:
      return `${action.responder}: ${action.do} …`;
  }
}

import { WandSparkles } from "lucide-react";
import { useStore } from "zustand";
import { formatCounted, formatMs } from "../../domain/base/formats.ts";
import type { Deed } from "../../lessons/deeds.ts";
import type { Lesson, Step } from "../../lessons/lesson.ts";
import { doItForMe, performanceStore } from "../../stores/lessons/lessonActions.ts";
import { Button } from "../controls/Button.tsx";

/** Does the step in the page and says what it is doing. The step ticks by what comes of it. */
export function DoItForMe({ lesson, step }: { readonly lesson: Lesson; readonly step: Step }) {
  const { step: performed, deed } = useStore(performanceStore);
  if (step.doIt.length === 0) return null;
  const mine = performed === step.id;
  return (
    <>
      <Button disabled={performed !== null} onClick={() => void doItForMe(lesson, step)}>
        <WandSparkles size={13} /> Do it for me
      </Button>
      <p className="step-deed" aria-live="polite">
        {mine && deed && deedWords(deed)}
      </p>
    </>
  );
}

/** What is being done, as a person would say it. */
function deedWords(deed: Deed): string {
  switch (deed.do) {
    case "send":
      return `${deed.requester} sends ${formatCounted(deed.count, "request")} …`;
    case "editRequester":
      return `${deed.requester}: ${Object.keys(deed.setup).map(named).join(", ")} …`;
    case "editResponder":
      return `${deed.responder}: ${Object.keys(deed.setup).map(named).join(", ")} …`;
    case "addRequester":
    case "addResponder":
      return `Adding ${deed.setup.name} …`;
    case "startLoad":
      return `${deed.requester} starts a load …`;
    case "stopLoad":
      return `${deed.requester} stops its load …`;
    case "server":
      return `The server: ${deed.deed} …`;
    case "openTab":
      return "Opening a tab of the Results …";
    case "select":
      return `Selecting ${deed.what} …`;
    case "reset":
      return "Emptying the record …";
    case "compare":
      return "Comparing with HTTP …";
    case "runCases":
      return "Running the cases …";
    case "wait":
      return `Waiting for ${formatMs(deed.ms)} …`;
    case "until":
      return deed.what === "settled" ? "Waiting until every call is settled …" : "Waiting for connections …";
    default:
      return `${deed.responder}: ${deed.do} …`;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  timeoutMs: "Timeout",
  queue: "Queue group",
  delay: "Delay",
  handling: "Concurrency",
  handler: "Handler",
  subject: "Subject",
  payload: "Payload",
  policy: "Policy",
  errorShare: "Error replies",
  dropShare: "Dropped requests",
};

const named = (member: string): string => NAMES[member] ?? member;

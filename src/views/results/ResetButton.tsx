import { Eraser } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { readCounters } from "../../domain/record/counters.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { exportResults, reset } from "../../stores/loads/resultsActions.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";

const ResetQuestion = later(async () => (await import("./ResetQuestion.tsx")).ResetQuestion);

/** From so many calls on, a record is worth a question before it is gone: it cannot be made again in a moment. */
const ASKS_FROM = 1000;

/** Empties the record; where much would be lost, only after asking. */
export function ResetButton() {
  const [asking, setAsking] = useState<number | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const press = (): void => {
    const { started } = readCounters(recordStore.getState().record).calls;
    if (started < ASKS_FROM) reset();
    else setAsking(started);
  };
  const answer = (act: "keep" | "export" | "forget"): void => {
    setAsking(null);
    if (act === "export") exportResults();
    if (act !== "keep") reset();
  };
  return (
    <>
      <IconButton ref={button} label="Reset" hint="empty the record" onClick={press}>
        <Eraser size={15} />
        <span className="results-tool-words">Reset</span>
      </IconButton>
      {asking !== null && (
        <Suspense fallback={null}>
          <ResetQuestion calls={asking} beside={button} onAnswer={answer} />
        </Suspense>
      )}
    </>
  );
}

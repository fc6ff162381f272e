import { describeReasonIfAny } from "../../domain/narration/describeReason.ts";
import { Check, Play, X } from "lucide-react";
import { useId } from "react";
import { useStore } from "zustand";
import { formatMs } from "../../domain/base/formats.ts";
import { OUTCOME_WORDS } from "../../domain/events/outcomes.ts";
import type { CaseSet, RequestCase } from "../../lessons/cases.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { casesStore, type CaseResult } from "../../stores/lessons/casesStore.ts";
import { runCasesOf } from "../../stores/lessons/runAction.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { useUnappliedEdits } from "../handler/useHandlerDraft.ts";

interface Props {
  readonly lesson: Lesson;
  readonly set: CaseSet;
}

/** Cases that are run over the wire: what is asked, what should come, and what came. */
export function CasesTable({ lesson, set }: Props) {
  const run = useStore(casesStore, (all) => all[set.id]);
  const running = run?.running ?? false;
  const edited = useUnappliedEdits();
  const note = useId();
  const met = Object.values(run?.results ?? {}).filter(({ problem }) => problem === null).length;
  return (
    <div className="cases">
      <div className="cases-bar">
        <Button
          disabled={running}
          aria-describedby={edited.length > 0 ? note : undefined}
          onClick={() => void runCasesOf(lesson, set)}
        >
          <Play size={13} /> {running ? "Running …" : "Run cases"}
        </Button>
        <p role="status">{run && `${met} of ${set.cases.length} as expected`}</p>
      </div>
      {edited.length > 0 && (
        <p className="cases-unapplied" id={note}>
          Edits in {edited.join(", ")} are not applied: the cases test the code that answers now. Apply it
          first.
        </p>
      )}
      {run?.trouble && <p role="alert">{run.trouble}</p>}
      <table className="cases-table">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Request</th>
            <th scope="col">Expected</th>
            <th scope="col">Actual</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {set.cases.map((one) => (
            <Row key={one.id} one={one} result={run?.results[one.id]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one, result }: { readonly one: RequestCase; readonly result: CaseResult | undefined }) {
  const seq = result?.seq ?? null;
  return (
    <tr data-verdict={result ? (result.problem === null ? "met" : "failed") : "open"}>
      <th scope="row">
        {seq === null ? (
          one.title
        ) : (
          <button
            type="button"
            className="cases-open"
            title="Show the exchange in the Inspector"
            onClick={() => select({ kind: "exchange", seq })}
          >
            {one.title}
          </button>
        )}
      </th>
      <td data-label="Request">
        <code>{one.subject}</code> <code>{one.request === "" ? "(empty)" : one.request}</code>
      </td>
      <td data-label="Expected">{one.expected}</td>
      <td data-label="Actual">{result ? actual(result) : "not run yet"}</td>
      <td data-label="Verdict">
        {result &&
          (result.problem === null ? (
            <span className="cases-met">
              <Check size={13} aria-hidden="true" /> as expected
            </span>
          ) : (
            <span className="cases-failed">
              <X size={13} aria-hidden="true" /> {result.problem}
            </span>
          ))}
      </td>
    </tr>
  );
}

function actual({ answer }: CaseResult): string {
  if (!answer) return "nothing";
  const { outcome, text, reason, latencyMs } = answer;
  const what =
    text === ""
      ? [OUTCOME_WORDS[outcome], describeReasonIfAny(reason)].filter((each) => each !== "").join(": ")
      : text;
  return `${what} (${formatMs(latencyMs)})`;
}

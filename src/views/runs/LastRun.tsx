import { Download, Bookmark } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { countedIn } from "../../domain/statistics/distributions.ts";
import { formatCount, formatCounted } from "../../domain/base/formats.ts";
import { checkRunName, freeRunName, LONGEST_NAME } from "../../domain/load/keptRuns.ts";
import { LATE_MS } from "../../domain/load/loadPlans.ts";
import { OUTCOME_WORDS, OUTCOMES } from "../../domain/events/outcomes.ts";
import { planWords } from "../../domain/load/planWords.ts";
import { isReply, MOST_RAW, runFigures, runState, type Run } from "../../domain/load/runs.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { keep, keptRunsStore } from "../../stores/loads/keptRunsStore.ts";
import { exportRun } from "../../stores/loads/resultsActions.ts";
import { Button } from "../controls/Button.tsx";
import { refuseInvalid } from "../controls/refuseInvalid.ts";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { formatClockStep } from "../results/latency/measured.ts";
import { DistributionChart } from "./DistributionChart.tsx";
import { FiguresTable } from "./FiguresTable.tsx";
import { useRuns } from "./useRuns.ts";

/** One load: its plan, what became of its calls, and its latency from both starts. */
export function LastRun() {
  const runs = useRuns().filter(({ purpose }) => purpose === "load");
  const [chosen, setChosen] = useState<number | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs.at(-1);
  if (!run) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Start a load and its run shows here.</p>
        <p>
          Open a requester’s load, choose “fixed rate” for an open load or “fixed concurrency” for a closed
          one, and press Start load.
        </p>
      </div>
    );
  }
  return (
    <div className="runs-last">
      {runs.length > 1 && (
        <div className="runs-choice">
          <SelectField
            label="Run"
            value={String(run.id)}
            options={runs.toReversed().map((each) => ({
              value: String(each.id),
              words: `${each.id}: ${each.requester}, ${planWords(each.plan)}`,
            }))}
            onChange={(id) => setChosen(id === String(runs.at(-1)?.id) ? null : Number(id))}
          />
        </div>
      )}
      <RunView key={run.id} run={run} />
    </div>
  );
}

const STATE_WORDS = { running: ", running", ended: "", stopped: ", stopped", cut: ", cut off" } as const;

function RunView({ run }: { readonly run: Run }) {
  const { plan, progress, warmedUp, warmUpCalls } = run;
  const { fromPlanned, fromStart, behind, measured, failed } = runFigures(run);
  const open = plan.kind === "rate";
  const name = `Run ${run.id}`;
  return (
    <>
      <div className="runs-head">
        <p className="runs-title">
          {run.requester}: {open ? "open" : "closed"} load, {planWords(plan)}
          {STATE_WORDS[runState(run)]}
        </p>
        <p>
          {formatCount(progress.started)} started, {formatCount(progress.finished)} ended in{" "}
          {(progress.elapsedMs / 1000).toFixed(1)} s.{" "}
          {open ? sentWords(run) : "A closed load has no schedule."}
        </p>
      </div>
      <div className="runs-body">
        <div className="runs-figures">
          <FiguresTable
            caption="Latency of this run"
            rows={
              open
                ? [
                    { words: "from the planned start", figures: fromPlanned },
                    { words: "from the actual start", figures: fromStart },
                    { words: "started behind plan", figures: behind },
                  ]
                : [{ words: "from the actual start", figures: fromStart }]
            }
          />
          <p className="runs-note">
            {formatCounted(measured, "call")} measured
            {failed > 0 &&
              `, ${formatCount(failed)} of them without a reply (${failedWords(run)}) and not in the percentiles`}
            . Warm-up excluded: {formatCount(warmedUp)} of {formatCount(warmUpCalls)}. The clock steps by{" "}
            {formatClockStep(clockStepMs())}. Percentiles need at least 2, 10, 100 and 1,000 replies.
          </p>
          <KeepRow run={run} usual={name} />
        </div>
        {fromStart && (
          <DistributionChart
            caption="Share of replies by latency"
            a={open ? { words: "from planned", counted: countedIn(run.fromPlanned) } : null}
            b={{ words: "from actual", counted: countedIn(run.fromStart) }}
          />
        )}
      </div>
    </>
  );
}

function KeepRow({ run, usual }: { readonly run: Run; readonly usual: string }) {
  const kept = useStore(keptRunsStore, (state) => state.kept);
  const [name, setName] = useState(() => freeRunName(usual, kept));
  const [keptId, setKeptId] = useState<number | null>(null);
  const own = kept.find(({ id }) => id === keptId);
  const running = run.progress.running;
  return (
    <div className="runs-bar">
      <TextField
        label="Name of the run"
        value={name}
        check={(text) =>
          checkRunName(
            text,
            kept.filter((other) => other !== own),
          )
        }
        onChange={setName}
        mono={false}
        placeholder={`at most ${LONGEST_NAME} characters`}
      />
      <Button
        look="primary"
        disabled={running || own?.name === name}
        onClick={({ currentTarget }) => {
          if (refuseInvalid(currentTarget.closest(".runs-bar"), "The run was not kept.")) return;
          setKeptId(keep(run.id, name)?.id ?? keptId);
        }}
      >
        <Bookmark size={13} /> Keep run
      </Button>
      <Button onClick={() => exportRun(run)} title={`at most the newest ${formatCount(MOST_RAW)}`}>
        <Download size={13} /> Export calls
      </Button>
      {own && <p role="status">“{own.name}” is kept under Compare.</p>}
    </div>
  );
}

function sentWords({ progress: { late, skipped } }: Run): string {
  if (late + skipped === 0) return `All were sent within ${LATE_MS} ms of their planned time.`;
  const parts = [
    late > 0 ? `${formatCount(late)} ${late === 1 ? "was" : "were"} sent more than ${LATE_MS} ms late` : "",
    skipped > 0 ? `${formatCount(skipped)} could not be sent at all and are not included` : "",
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}

const failedWords = ({ outcomes }: Run): string =>
  OUTCOMES.filter((outcome) => !isReply(outcome) && outcomes[outcome] > 0)
    .map((outcome) => `${formatCount(outcomes[outcome])} ${OUTCOME_WORDS[outcome]}`)
    .join(", ");

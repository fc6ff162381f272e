import { Play, Square } from "lucide-react";
import { useStore } from "zustand";
import { formatCount, formatPerSecond, NOTHING } from "../../domain/base/formats.ts";
import {
  checkKneePlan,
  KNEE_LIMITS,
  KNEE_RULE,
  kneeOf,
  kneeRates,
  SATURATION_WORDS,
  type KneeStep,
} from "../../domain/load/knee.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { editKneePlan, findKnee, kneeStore, stopKnee } from "../../stores/loads/kneeStore.ts";
import { Button } from "../controls/Button.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { refuseInvalid } from "../controls/refuseInvalid.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { KneeCharts } from "./KneeCharts.tsx";

/** Raises the rate of an open load step by step until the service saturates. */
export function KneeSearch() {
  const { plan, phase, steps, current, cut, trouble, requester } = useStore(kneeStore);
  const running = phase === "running";
  const rates = kneeRates(plan);
  const { perSecond, stepMs } = KNEE_LIMITS;
  return (
    <div className="runs-knee">
      <div className="runs-head">
        <p className="runs-title">At which rate does it saturate?</p>
        <div className="runs-bar">
          <NumberField
            label="From"
            unit="/s"
            value={plan.fromPerSecond}
            min={perSecond.least}
            max={perSecond.most}
            whole
            disabled={running}
            problem={checkKneePlan(plan)}
            onChange={(fromPerSecond) => editKneePlan({ fromPerSecond })}
          />
          <NumberField
            label="Up to"
            unit="/s"
            value={plan.toPerSecond}
            min={perSecond.least}
            max={perSecond.most}
            whole
            disabled={running}
            onChange={(toPerSecond) => editKneePlan({ toPerSecond })}
          />
          <NumberField
            label="Steps"
            value={plan.steps}
            min={KNEE_LIMITS.steps.least}
            max={KNEE_LIMITS.steps.most}
            whole
            disabled={running}
            onChange={(count) => editKneePlan({ steps: count })}
          />
          <NumberField
            label="Step duration"
            unit="s"
            value={plan.stepMs / 1000}
            min={stepMs.least / 1000}
            max={stepMs.most / 1000}
            disabled={running}
            onChange={(seconds) => editKneePlan({ stepMs: seconds * 1000 })}
          />
          {/* Beside it, not in its place: who stops a search that has just ended would begin another. */}
          <Button
            look="primary"
            disabled={running}
            onClick={({ currentTarget }) => {
              if (!refuseInvalid(currentTarget.closest(".runs-bar"), "Nothing was searched."))
                void findKnee();
            }}
          >
            <Play size={13} /> Find the knee
          </Button>
          {running && (
            <Button onClick={stopKnee}>
              <Square size={13} /> Stop search
            </Button>
          )}
        </div>
        {(running || steps.length > 0) && (
          <div className="runs-bar">
            {running && <progress aria-label="Search progress" value={steps.length} max={rates.length} />}
            <p role="status">
              {running
                ? `${requester} offers ${formatPerSecond(current ?? 0)}, step ${steps.length + 1} of at most ${rates.length}`
                : kneeWords(steps, cut)}
            </p>
          </div>
        )}
        {trouble !== null && <p role="alert">{trouble}</p>}
      </div>
      {steps.length > 0 && (
        <>
          <KneeCharts steps={steps} />
          <KneeTable steps={steps} />
        </>
      )}
      <p className="runs-note">{KNEE_RULE} Latency counts from the planned start.</p>
    </div>
  );
}

function kneeWords(steps: readonly KneeStep[], cut: boolean): string {
  const knee = kneeOf(steps);
  const first = steps.find(({ saturated }) => saturated !== null);
  const end = cut ? "Stopped. The results so far are kept. " : "";
  if (!first?.saturated) {
    const last = steps.at(-1);
    return `${end}No step is saturated up to ${formatPerSecond(last?.offered ?? 0)}: go higher.`;
  }
  const why = SATURATION_WORDS[first.saturated];
  if (!knee) return `${end}The first step is already saturated (${why}): start lower.`;
  return `${end}The knee is at ${formatPerSecond(knee.offered)}: at ${formatPerSecond(first.offered)} it saturates (${why}).`;
}

function KneeTable({ steps }: { readonly steps: readonly KneeStep[] }) {
  const stepMs = clockStepMs();
  const knee = kneeOf(steps);
  const say = (ms: number | null): string => (ms === null ? NOTHING : formatMeasured(ms, stepMs));
  return (
    <table className="figures-table runs-table">
      <caption className="visually-hidden">Steps of the search</caption>
      <thead>
        <tr>
          {["Offered", "Achieved", "p50", "p99", "Without reply", "Sent late or not", "Verdict"].map(
            (words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.offered} data-saturated={step.saturated !== null}>
            <th scope="row">{formatPerSecond(step.offered)}</th>
            <td>{step.achieved === null ? NOTHING : formatPerSecond(step.achieved)}</td>
            <td>{say(step.p50Ms)}</td>
            <td>{say(step.p99Ms)}</td>
            <td>{formatCount(step.failed)}</td>
            <td>{formatCount(step.late)}</td>
            <td>
              {step.saturated !== null
                ? `saturated: ${SATURATION_WORDS[step.saturated]}`
                : step === knee
                  ? "the knee"
                  : "keeps up"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

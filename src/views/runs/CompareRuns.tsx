import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useStore } from "zustand";
import { compareRuns, type Difference } from "../../domain/statistics/compareRuns.ts";
import { countedOver } from "../../domain/statistics/distributions.ts";
import { formatCount, formatCounted, NOTHING } from "../../domain/base/formats.ts";
import { checkRunName, MOST_KEPT, settingsChanged, type KeptRun } from "../../domain/load/keptRuns.ts";
import { seededRandom } from "../../domain/base/random.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { compare, keptRunsStore, removeKept, renameKept } from "../../stores/loads/keptRunsStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { formatClockStep, formatMeasured } from "../results/latency/measured.ts";
import { DistributionChart } from "./DistributionChart.tsx";

/** Two kept runs over one another, and whether their difference can be told from chance. */
export function CompareRuns() {
  const { kept, a, b } = useStore(keptRunsStore);
  const [first, second] = [kept.find(({ id }) => id === a), kept.find(({ id }) => id === b)];
  if (kept.length === 0) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Keep two runs and compare them here.</p>
        <p>
          Run a load and press Keep run under Last run. Change one thing (a responder, a policy, a handler),
          run it again, and keep that run too.
        </p>
      </div>
    );
  }
  const options = kept.map(({ id, name }) => ({ value: String(id), words: name }));
  const choice = (label: string, which: "a" | "b", run: KeptRun | undefined) => (
    <SelectField
      label={label}
      value={run ? String(run.id) : ""}
      options={run ? options : [{ value: "", words: "choose a run" }, ...options]}
      onChange={(id) => id !== "" && compare(which, Number(id))}
    />
  );
  return (
    <div className="runs-compare">
      <div className="runs-bar">
        {choice("Before", "a", first)}
        {choice("After", "b", second)}
      </div>
      {first && second && first !== second ? (
        <Comparison before={first} after={second} />
      ) : (
        <p className="runs-note">Choose two different runs. Keep another one under Last run.</p>
      )}
      <h3 className="runs-subtitle">
        Kept runs, {formatCount(kept.length)} of at most {MOST_KEPT}
      </h3>
      <ul className="runs-kept">
        {kept.map((run) => (
          <li key={run.id}>
            <TextField
              label={`Name of ${run.name}`}
              value={run.name}
              check={(name) =>
                checkRunName(
                  name,
                  kept.filter((other) => other !== run),
                )
              }
              onChange={(name) => renameKept(run.id, name)}
              onLeave
              mono={false}
            />
            <span>
              {run.model}, {run.settings[0]?.words}, {formatCounted(run.figures.count, "reply", "replies")}
            </span>
            <IconButton label={`Remove ${run.name}`} onClick={() => removeKept(run.id)}>
              <Trash2 size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Comparison({ before, after }: { readonly before: KeptRun; readonly after: KeptRun }) {
  const stepMs = Math.max(clockStepMs(), before.clockStepMs, after.clockStepMs);
  const differences = useMemo(
    () => compareRuns(before.stretches, after.stretches, stepMs, seededRandom(before.id % 2 ** 31)),
    [before, after, stepMs],
  );
  const changes = settingsChanged(before, after);
  const alike = before.model === after.model;
  return (
    <>
      <div className="runs-body">
        <div className="runs-figures">
          <table className="figures-table runs-table">
            <caption className="visually-hidden">Difference of the two runs</caption>
            <thead>
              <tr>
                {["", before.name, after.name, "Difference", "95 % interval", "Verdict"].map(
                  (words, index) => (
                    <th key={index} scope="col">
                      {words}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {differences.map((difference) => (
                <DifferenceRow key={difference.words} difference={difference} stepMs={stepMs} alike={alike} />
              ))}
            </tbody>
          </table>
          <p className="runs-note">
            {formatCounted(before.figures.count, "reply", "replies")} and{" "}
            {formatCounted(after.figures.count, "reply", "replies")}; without a reply{" "}
            {formatCount(before.failed)} and {formatCount(after.failed)}; sent late or not{" "}
            {formatCount(before.late + before.skipped)} and {formatCount(after.late + after.skipped)}; warm-up
            excluded {formatCount(before.warmedUp)} and {formatCount(after.warmedUp)}. The clock steps by{" "}
            {formatClockStep(stepMs)}.
          </p>
          {!alike && (
            <p role="note">
              One load is open, the other closed: their latencies do not mean the same. Compare like with
              like.
            </p>
          )}
        </div>
        <DistributionChart
          caption="Share of replies by latency"
          a={{ words: before.name, counted: countedOver(before.stretches) }}
          b={{ words: after.name, counted: countedOver(after.stretches) }}
        />
      </div>
      <h3 className="runs-subtitle">Changed settings</h3>
      {changes.length === 0 ? (
        <p className="runs-note">None. Differences are chance, or other work on this machine.</p>
      ) : (
        <dl className="runs-changes">
          {changes.map(({ label, before: was, after: is }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                {was === "" ? "not there" : was} → {is === "" ? "not there" : is}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="runs-note">
        The interval is a block bootstrap: each run is cut into blocks of time, these are resampled 600 times,
        and 95 % of the differences lie within it. Blocks, because slow calls come together. It covers chance
        within the two runs only, not what else changed between them: keep each more than once to see.
      </p>
    </>
  );
}

const VERDICTS: Readonly<Record<Difference["verdict"], string>> = {
  slower: "slower",
  faster: "faster",
  none: "no difference can be shown",
  tooFew: "too few replies, or too short a run",
};

interface RowProps {
  readonly difference: Difference;
  readonly stepMs: number;
  /** Whether the latencies of the two mean the same; else nothing is said of which is slower. */
  readonly alike: boolean;
}

function DifferenceRow({ difference, stepMs, alike }: RowProps) {
  const { words, aMs, bMs, differenceMs, lowMs, highMs, verdict } = difference;
  const say = (ms: number | null): string => (ms === null ? NOTHING : formatMeasured(ms, stepMs));
  const signed = (ms: number): string =>
    ms < 0 ? `−${formatMeasured(-ms, stepMs)}` : `+${formatMeasured(ms, stepMs)}`;
  return (
    <tr data-verdict={alike ? verdict : "none"}>
      <th scope="row">{words}</th>
      <td>{say(aMs)}</td>
      <td>{say(bMs)}</td>
      <td>{differenceMs === null ? NOTHING : signed(differenceMs)}</td>
      <td>{lowMs === null || highMs === null ? NOTHING : `${signed(lowMs)} to ${signed(highMs)}`}</td>
      <td>{alike || verdict === "tooFew" ? VERDICTS[verdict] : "no verdict: different load models"}</td>
    </tr>
  );
}

import { LOAD_LIMITS, warmUpOf, warmUpProblem } from "../../domain/load/loadPlans.ts";
import type { LoadPlan } from "../../domain/setup/setup.ts";
import { CheckField } from "../controls/CheckField.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { ScheduleFields } from "./ScheduleFields.tsx";

type Mode = LoadPlan["kind"];
type Bound = "requests" | "duration";

const MODES: readonly { readonly value: Mode; readonly words: string }[] = [
  { value: "concurrency", words: "fixed concurrency" },
  { value: "rate", words: "fixed rate" },
];

const BOUNDS: readonly { readonly value: Bound; readonly words: string }[] = [
  { value: "requests", words: "after requests" },
  { value: "duration", words: "after seconds" },
];

/** What a plan starts as when its mode or its bound is chosen. */
const START = { concurrency: 10, perSecond: 100, requests: 1000, durationMs: 10_000 } as const;

/** What each model does, under the choice. */
const MODE_WORDS: Readonly<Record<Mode, string>> = {
  concurrency: "Closed loop: a new call starts when one finishes.",
  rate: "Open loop: calls start on schedule, replies or not.",
};

interface Props {
  readonly plan: LoadPlan;
  readonly onChange: (plan: LoadPlan) => void;
}

export function LoadFields({ plan, onChange }: Props) {
  const { bounds, warmUpCalls, undrawn } = plan;
  const choose = (kind: Mode): void => {
    const parts = { bounds, ...(warmUpCalls !== undefined && { warmUpCalls }), ...(undrawn && { undrawn }) };
    onChange(
      kind === "concurrency"
        ? { kind, concurrency: START.concurrency, ...parts }
        : { kind, perSecond: START.perSecond, ...parts },
    );
  };
  return (
    <div className="load-fields">
      <SelectField
        label="Load model"
        value={plan.kind}
        options={MODES}
        hint={MODE_WORDS[plan.kind]}
        onChange={choose}
      />
      {plan.kind === "concurrency" ? (
        <NumberField
          label="Concurrency"
          value={plan.concurrency}
          min={LOAD_LIMITS.concurrency.least}
          max={LOAD_LIMITS.concurrency.most}
          whole
          onChange={(concurrency) => onChange({ ...plan, concurrency })}
        />
      ) : (
        <ScheduleFields plan={plan} onChange={onChange} />
      )}
      <SelectField
        label="Stop"
        value={bounds.requests === null ? "duration" : "requests"}
        options={BOUNDS}
        onChange={(bound) =>
          onChange({
            ...plan,
            bounds:
              bound === "requests"
                ? { requests: START.requests, durationMs: null }
                : { requests: null, durationMs: START.durationMs },
          })
        }
      />
      {bounds.requests === null ? (
        <NumberField
          label="Duration"
          unit="s"
          value={(bounds.durationMs ?? START.durationMs) / 1000}
          min={LOAD_LIMITS.durationMs.least / 1000}
          max={LOAD_LIMITS.durationMs.most / 1000}
          onChange={(seconds) =>
            onChange({ ...plan, bounds: { requests: null, durationMs: seconds * 1000 } })
          }
        />
      ) : (
        <NumberField
          label="Requests"
          value={bounds.requests}
          min={LOAD_LIMITS.requests.least}
          max={LOAD_LIMITS.requests.most}
          whole
          onChange={(requests) => onChange({ ...plan, bounds: { requests, durationMs: null } })}
        />
      )}
      <NumberField
        label="Warm-up"
        unit="calls"
        value={warmUpOf(plan)}
        min={LOAD_LIMITS.warmUpCalls.least}
        max={LOAD_LIMITS.warmUpCalls.most}
        whole
        hint="sent but excluded from results"
        problem={warmUpProblem(plan)}
        onChange={(calls) => onChange({ ...plan, warmUpCalls: calls })}
      />
      <div className="load-drawn">
        <CheckField
          label="Draw while it runs"
          checked={!undrawn}
          hint={undrawn ? "The page stops drawing, so that it takes no time from the requests." : undefined}
          onChange={(drawn) => onChange({ ...plan, undrawn: !drawn })}
        />
      </div>
    </div>
  );
}

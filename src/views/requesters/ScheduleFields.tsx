import { LOAD_LIMITS } from "../../domain/load/loadPlans.ts";
import type { LoadShape, OpenPlan } from "../../domain/setup/setup.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";

type Kind = LoadShape["kind"];

const KINDS: readonly { readonly value: Kind; readonly words: string }[] = [
  { value: "constant", words: "constant" },
  { value: "poisson", words: "Poisson" },
  { value: "ramp", words: "ramp" },
  { value: "spike", words: "spike" },
];

const HINTS: Readonly<Record<Kind, string>> = {
  constant: "One call after another, evenly.",
  poisson: "At random times, like many independent users; the seed decides.",
  ramp: "The rate changes steadily from one to another.",
  spike: "The rate changes for a while, then goes back.",
};

/** What a schedule starts as when it is chosen. */
function startOf(kind: Kind, perSecond: number): LoadShape {
  const much = Math.min(LOAD_LIMITS.perSecond.most, perSecond * 10);
  switch (kind) {
    case "ramp":
      return { kind, toPerSecond: much };
    case "spike":
      return { kind, toPerSecond: much, afterMs: 3000, forMs: 1000 };
    default:
      return { kind };
  }
}

interface Props {
  readonly plan: OpenPlan;
  readonly onChange: (plan: OpenPlan) => void;
}

/** How the rate of an open load goes. */
export function ScheduleFields({ plan, onChange }: Props) {
  const { perSecond, shape = { kind: "constant" } } = plan;
  const change = (next: LoadShape): void => onChange({ ...plan, shape: next });
  const rate = (label: string, value: number, give: (value: number) => void) => (
    <NumberField
      label={label}
      unit="/s"
      value={value}
      min={LOAD_LIMITS.perSecond.least}
      max={LOAD_LIMITS.perSecond.most}
      onChange={give}
    />
  );
  const seconds = (label: string, ms: number, give: (ms: number) => void) => (
    <NumberField
      label={label}
      unit="s"
      value={ms / 1000}
      min={LOAD_LIMITS.spikeMs.least / 1000}
      max={LOAD_LIMITS.spikeMs.most / 1000}
      onChange={(value) => give(value * 1000)}
    />
  );
  return (
    <>
      <SelectField
        label="Schedule"
        value={shape.kind}
        options={KINDS}
        hint={HINTS[shape.kind]}
        onChange={(kind) => change(startOf(kind, perSecond))}
      />
      {rate("Rate", perSecond, (value) => onChange({ ...plan, perSecond: value }))}
      {shape.kind === "ramp" &&
        rate("Rate at the end", shape.toPerSecond, (toPerSecond) => change({ ...shape, toPerSecond }))}
      {shape.kind === "spike" && (
        <>
          {rate("Rate of the spike", shape.toPerSecond, (toPerSecond) => change({ ...shape, toPerSecond }))}
          {seconds("Spike after", shape.afterMs, (afterMs) => change({ ...shape, afterMs }))}
          {seconds("Spike for", shape.forMs, (forMs) => change({ ...shape, forMs }))}
        </>
      )}
    </>
  );
}

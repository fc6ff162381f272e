import { checkDelay } from "../../domain/setup/delays.ts";
import type { Delay } from "../../domain/setup/setup.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";

const KINDS: readonly { readonly value: Delay["kind"]; readonly words: string }[] = [
  { value: "none", words: "none" },
  { value: "fixed", words: "fixed" },
  { value: "uniform", words: "uniform: any time between two" },
  { value: "normal", words: "normal: around a mean" },
  { value: "exponential", words: "exponential: mostly short, sometimes long" },
];

/** What a delay starts as when its kind is chosen. */
const STARTS: { readonly [Kind in Delay["kind"]]: Extract<Delay, { kind: Kind }> } = {
  none: { kind: "none" },
  fixed: { kind: "fixed", ms: 100 },
  uniform: { kind: "uniform", minMs: 50, maxMs: 150 },
  normal: { kind: "normal", meanMs: 100, deviationMs: 20 },
  exponential: { kind: "exponential", meanMs: 100 },
};

const MOST_MS = 600_000;

const DIFFERENT = { value: "different", words: "different delays" } as const;

interface Props {
  readonly delay: Delay;
  readonly onChange: (delay: Delay) => void;
}

/** Simulated work before the handler runs. Null: that of several responders, which differ. */
export function DelayField({
  delay,
  onChange,
}: {
  readonly delay: Delay | null;
  readonly onChange: Props["onChange"];
}) {
  if (delay === null) {
    return (
      <SelectField
        label="Delay"
        value={DIFFERENT.value}
        options={[DIFFERENT, ...KINDS]}
        onChange={(kind) => kind !== DIFFERENT.value && onChange(STARTS[kind])}
      />
    );
  }
  return (
    <div className="form-delay">
      <SelectField
        label="Delay"
        value={delay.kind}
        options={KINDS}
        onChange={(kind) => onChange(STARTS[kind])}
      />
      <DelayNumbers delay={delay} onChange={onChange} />
      {checkDelay(delay) !== null && (
        <p className="field-problem" role="alert">
          {checkDelay(delay)}
        </p>
      )}
    </div>
  );
}

function DelayNumbers({ delay, onChange }: Props) {
  const number = (label: string, value: number, give: (ms: number) => Delay) => (
    <NumberField
      label={label}
      unit="ms"
      value={value}
      min={0}
      max={MOST_MS}
      onChange={(ms) => onChange(give(ms))}
    />
  );
  switch (delay.kind) {
    case "none":
      return null;
    case "fixed":
      return number("Delay in ms", delay.ms, (ms) => ({ ...delay, ms }));
    case "uniform":
      return (
        <div className="form-pair">
          {number("From", delay.minMs, (minMs) => ({ ...delay, minMs, maxMs: Math.max(minMs, delay.maxMs) }))}
          {number("To", delay.maxMs, (maxMs) => ({ ...delay, maxMs, minMs: Math.min(maxMs, delay.minMs) }))}
        </div>
      );
    case "normal":
      return (
        <div className="form-pair">
          {number("Mean", delay.meanMs, (meanMs) => ({ ...delay, meanMs }))}
          {number("Standard deviation", delay.deviationMs, (deviationMs) => ({ ...delay, deviationMs }))}
        </div>
      );
    case "exponential":
      return number("Mean", delay.meanMs, (meanMs) => ({ ...delay, meanMs }));
  }
}

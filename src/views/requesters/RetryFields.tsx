import { checkRetry, POLICY_LIMITS } from "../../domain/setup/policies.ts";
import type { RetryPolicy } from "../../domain/setup/setup.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";

const BACKOFFS = [
  { value: "exponential", words: "doubling" },
  { value: "fixed", words: "fixed" },
  { value: "none", words: "none" },
] as const;
const JITTERS = [
  { value: "none", words: "none" },
  { value: "full", words: "full" },
  { value: "decorrelated", words: "decorrelated" },
] as const;
const TIMEOUTS = [
  { value: "same", words: "the same" },
  { value: "exponential", words: "doubling" },
] as const;

interface Props {
  readonly retry: RetryPolicy;
  readonly onChange: (retry: RetryPolicy) => void;
}

export function RetryFields({ retry, onChange }: Props) {
  const { attempts, backoff, firstDelayMs, maxDelayMs, jitter, timeouts } = retry;
  const { delayMs } = POLICY_LIMITS;
  const growing = backoff === "exponential";
  return (
    <>
      <NumberField
        label="Attempts"
        value={attempts}
        min={POLICY_LIMITS.attempts.least}
        max={POLICY_LIMITS.attempts.most}
        whole
        onChange={(value) => onChange({ ...retry, attempts: value })}
      />
      <SelectField
        label="Backoff"
        value={backoff}
        options={BACKOFFS}
        onChange={(value) =>
          onChange({
            ...retry,
            backoff: value,
            // Decorrelated jitter needs waits that grow.
            jitter: value === "exponential" || jitter !== "decorrelated" ? jitter : "full",
          })
        }
      />
      {backoff !== "none" && (
        <>
          <NumberField
            label="First wait"
            unit="ms"
            value={firstDelayMs}
            min={delayMs.least}
            max={delayMs.most}
            whole
            onChange={(value) => onChange({ ...retry, firstDelayMs: value })}
          />
          <NumberField
            label="Longest wait"
            unit="ms"
            value={maxDelayMs}
            min={delayMs.least}
            max={delayMs.most}
            whole
            problem={checkRetry(retry)}
            onChange={(value) => onChange({ ...retry, maxDelayMs: value })}
          />
          <SelectField
            label="Jitter"
            value={jitter}
            options={growing ? JITTERS : JITTERS.filter(({ value }) => value !== "decorrelated")}
            onChange={(value) => onChange({ ...retry, jitter: value })}
          />
        </>
      )}
      <SelectField
        label="Each timeout"
        value={timeouts}
        options={TIMEOUTS}
        onChange={(value) => onChange({ ...retry, timeouts: value })}
      />
    </>
  );
}

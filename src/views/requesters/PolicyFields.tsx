import { checkHeaderName } from "../../domain/messages/headersBlock.ts";
import { OUTCOME_WORDS } from "../../domain/events/outcomes.ts";
import { checkFallback, FAILURE_OUTCOMES, POLICY_LIMITS } from "../../domain/setup/policies.ts";
import { PARTS } from "../../domain/setup/policyPresets.ts";
import type { Policy } from "../../domain/setup/setup.ts";
import { CheckField } from "../controls/CheckField.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { GatherFields } from "./GatherFields.tsx";
import { RetryFields } from "./RetryFields.tsx";

const FORMATS = [
  { value: "json", words: "JSON" },
  { value: "text", words: "text" },
] as const;

interface Props {
  readonly policy: Policy;
  readonly onChange: (policy: Policy) => void;
}

/** The parts of a policy, each with its numbers. */
export function PolicyFields({ policy, onChange }: Props) {
  const { on, retry, breaker, fallback, gather, callHeader } = policy;
  const change = (patch: Partial<Policy>): void => onChange({ ...policy, ...patch });
  return (
    <div className="policy-fields">
      <fieldset className="policy-wide policy-checks">
        <legend className="field-label">Parts</legend>
        {PARTS.map(({ part, words, start }) => (
          <CheckField
            key={part}
            label={words}
            checked={policy[part] !== null}
            onChange={(checked) => change({ [part]: checked ? start : null })}
          />
        ))}
      </fieldset>
      {retry && <RetryFields retry={retry} onChange={(next) => change({ retry: next })} />}
      {gather && <GatherFields gather={gather} onChange={(next) => change({ gather: next })} />}
      {breaker && (
        <>
          <NumberField
            label="Failures in a row"
            value={breaker.failures}
            min={POLICY_LIMITS.failures.least}
            max={POLICY_LIMITS.failures.most}
            whole
            onChange={(failures) => change({ breaker: { ...breaker, failures } })}
          />
          <NumberField
            label="Open for"
            unit="ms"
            value={breaker.openMs}
            min={POLICY_LIMITS.openMs.least}
            max={POLICY_LIMITS.openMs.most}
            whole
            onChange={(openMs) => change({ breaker: { ...breaker, openMs } })}
          />
        </>
      )}
      {fallback && (
        <>
          <div className="policy-wide">
            <TextField
              key={fallback.format}
              label="Fallback reply"
              rows={2}
              value={fallback.text}
              check={(text) => checkFallback({ ...fallback, text })}
              onChange={(text) => change({ fallback: { ...fallback, text } })}
            />
          </div>
          <SelectField
            label="Fallback format"
            value={fallback.format}
            options={FORMATS}
            onChange={(format) => change({ fallback: { ...fallback, format } })}
          />
        </>
      )}
      {(retry ?? breaker ?? fallback) && (
        <fieldset className="policy-wide policy-checks">
          <legend className="field-label">Counts as a failure</legend>
          {FAILURE_OUTCOMES.map((outcome) => (
            <CheckField
              key={outcome}
              label={OUTCOME_WORDS[outcome]}
              checked={on.includes(outcome)}
              onChange={(checked) =>
                change({
                  on: FAILURE_OUTCOMES.filter((each) => (each === outcome ? checked : on.includes(each))),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <div className="policy-wide">
        <TextField
          label="Idempotency header"
          value={callHeader ?? ""}
          check={(name) => (name === "" ? null : checkHeaderName(name))}
          hint="Carries the same value in every attempt of a call, so that a handler can recognise a repeat. Leave empty for none."
          onChange={(name) => change({ callHeader: name === "" ? null : name })}
        />
      </div>
    </div>
  );
}

import { checkGather, POLICY_LIMITS } from "../../domain/setup/policies.ts";
import type { GatherPolicy } from "../../domain/setup/setup.ts";
import { CheckField } from "../controls/CheckField.tsx";
import { NumberField } from "../controls/NumberField.tsx";

/** What a rule starts as when it is turned on. */
const START = { count: 3, gapMs: 300 } as const;

interface Props {
  readonly gather: GatherPolicy;
  readonly onChange: (gather: GatherPolicy) => void;
}

/** When gathering ends: by time in any case, and by whichever other rule comes first. */
export function GatherFields({ gather, onChange }: Props) {
  const { count, forMs, gapMs, sentinel } = gather;
  return (
    <>
      <NumberField
        label="Gather for"
        unit="ms"
        value={forMs}
        min={POLICY_LIMITS.forMs.least}
        max={POLICY_LIMITS.forMs.most}
        whole
        onChange={(value) => onChange({ ...gather, forMs: value })}
      />
      <fieldset className="policy-wide policy-checks">
        <legend className="field-label">Stop earlier</legend>
        <CheckField
          label="after a count"
          checked={count !== null}
          onChange={(on) => onChange({ ...gather, count: on ? START.count : null })}
        />
        <CheckField
          label="after a gap"
          checked={gapMs !== null}
          onChange={(on) => onChange({ ...gather, gapMs: on ? Math.min(START.gapMs, forMs - 1) : null })}
        />
        <CheckField
          label="at an empty reply"
          checked={sentinel}
          onChange={(on) => onChange({ ...gather, sentinel: on })}
        />
      </fieldset>
      {count !== null && (
        <NumberField
          label="Replies wanted"
          value={count}
          min={POLICY_LIMITS.count.least}
          max={POLICY_LIMITS.count.most}
          whole
          onChange={(value) => onChange({ ...gather, count: value })}
        />
      )}
      {gapMs !== null && (
        <NumberField
          label="Gap"
          unit="ms"
          value={gapMs}
          min={POLICY_LIMITS.gapMs.least}
          max={POLICY_LIMITS.gapMs.most}
          whole
          problem={checkGather(gather)}
          onChange={(value) => onChange({ ...gather, gapMs: value })}
        />
      )}
    </>
  );
}

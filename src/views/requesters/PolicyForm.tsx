import { useState } from "react";
import { checkPolicy } from "../../domain/setup/policies.ts";
import { presetOf, PRESETS, type PresetId } from "../../domain/setup/policyPresets.ts";
import { policyWords } from "../../domain/setup/policyWords.ts";
import type { Policy } from "../../domain/setup/setup.ts";
import { editRequester } from "../../stores/peers/requesterActions.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { SelectField } from "../controls/SelectField.tsx";
import { PolicyFields } from "./PolicyFields.tsx";
import "./policy.css";

const OPTIONS = PRESETS.map(({ id, words }) => ({ value: id, words }));

/** What a requester does about failures: a policy by its name, and its parts beneath. What makes no sense changes nothing. */
export function PolicyForm({ peer }: { readonly peer: RequesterPeer }) {
  const { policy } = peer.setup;
  const [draft, setDraft] = useState({ policy, of: policy });
  const [open, setOpen] = useState(false);
  // It changed elsewhere: what was being put together is dropped.
  if (draft.of !== policy) setDraft({ policy, of: policy });
  const problem = checkPolicy(draft.policy);
  const preset = presetOf(draft.policy);

  const change = (next: Policy): void => {
    const right = checkPolicy(next) === null;
    setDraft({ policy: next, of: right ? next : policy });
    if (right) editRequester(peer.id, { policy: next });
  };
  const choose = (id: PresetId): void => {
    const chosen = PRESETS.find((each) => each.id === id);
    if (!chosen) return;
    change(chosen.policy);
    setOpen(id !== "fixedTimeout");
  };
  return (
    <div className="policy">
      <SelectField
        label="Policy"
        value={preset}
        options={OPTIONS}
        problem={problem}
        hint={preset === "fixedTimeout" ? undefined : PRESETS.find(({ id }) => id === preset)?.says}
        onChange={choose}
      />
      {preset !== "fixedTimeout" && (
        <details className="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{policyWords(draft.policy)}</summary>
          <PolicyFields policy={draft.policy} onChange={change} />
        </details>
      )}
    </div>
  );
}

import type { ReactNode } from "react";
import { readCounters } from "../../../domain/record/counters.ts";
import { OUTCOMES } from "../../../domain/events/outcomes.ts";
import { readPeerCounters } from "../../../domain/record/peerCounters.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { OutcomeMark, standingWords } from "./OutcomeMark.tsx";
import type { MessageFilter, Trait } from "./messageFilter.ts";

interface Props {
  readonly filter: MessageFilter;
  readonly onChange: (filter: MessageFilter) => void;
  readonly children: ReactNode;
}

export function MessageFilterBar({ filter, onChange, children }: Props) {
  const toggle = (trait: Trait): void => {
    const traits = new Set(filter.traits);
    if (!traits.delete(trait)) traits.add(trait);
    onChange({ ...filter, traits });
  };
  return (
    <div className="results-messages-bar">
      <input
        className="input results-messages-text"
        type="search"
        aria-label="Filter by subject, inbox or name"
        placeholder="Subject, inbox or name"
        value={filter.text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
      <div className="results-messages-chips" role="group" aria-label="Outcomes shown">
        {offered(filter.traits).map((trait) => (
          <button
            key={trait}
            type="button"
            className="results-messages-chip"
            aria-pressed={filter.traits.has(trait)}
            onClick={() => toggle(trait)}
          >
            {trait !== "late" && trait !== "duplicate" && <OutcomeMark standing={trait} />}
            {trait === "late" || trait === "duplicate" ? trait : standingWords(trait)}
          </button>
        ))}
      </div>
      <div className="results-messages-said">{children}</div>
    </div>
  );
}

/** What there is to pick: the usual, what has happened, and what is picked already. */
function offered(picked: ReadonlySet<Trait>): readonly Trait[] {
  const { record } = recordStore.getState();
  const { exchanges, late, duplicate } = readCounters(record);
  // Programs elsewhere may have got errors from here.
  const failed = Array.from(record.peers.keys()).some((peer) => readPeerCounters(record, peer).errors > 0);
  const traits: Trait[] = ["inFlight"];
  for (const outcome of OUTCOMES) {
    if (outcome === "replied" || exchanges.outcomes[outcome] > 0 || picked.has(outcome)) traits.push(outcome);
    else if (outcome === "errorReply" && failed) traits.push(outcome);
  }
  if (late > 0 || picked.has("late")) traits.push("late");
  if (duplicate > 0 || picked.has("duplicate")) traits.push("duplicate");
  return traits;
}

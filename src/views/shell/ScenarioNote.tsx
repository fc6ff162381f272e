import { X } from "lucide-react";
import { useStore } from "zustand";
import { forgetWords, scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import "./scenarioNote.css";

/** What the scenario that is up says to whoever opened it: what it is, and what to try first. */
export function ScenarioNote() {
  const { title, note } = useStore(scenarioStore, ({ words }) => words);
  const shown = useStore(scenarioStore, (scenario) => scenario.shown);
  if (!shown || (title === undefined && note === undefined)) return null;
  return (
    <section className="scenario-note" aria-label="Scenario">
      <div className="scenario-note-words">
        {title !== undefined && <h2 className="scenario-note-title">{title}</h2>}
        {note !== undefined && <p>{note}</p>}
      </div>
      <IconButton label="Dismiss the note" onClick={forgetWords}>
        <X size={14} />
      </IconButton>
    </section>
  );
}

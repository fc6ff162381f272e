import { Tabs } from "radix-ui";
import { useState } from "react";
import { CompareRuns } from "./CompareRuns.tsx";
import { FreezeDemonstration } from "./FreezeDemonstration.tsx";
import { KneeSearch } from "./KneeSearch.tsx";
import { LastRun } from "./LastRun.tsx";
import "./runs.css";

const PARTS = [
  { id: "last", words: "Last run", Part: LastRun },
  { id: "models", words: "Two models", Part: FreezeDemonstration },
  { id: "knee", words: "Knee", Part: KneeSearch },
  { id: "compare", words: "Compare", Part: CompareRuns },
] as const;

let open: string = "last";

/** Loads, each with what was measured of it alone. */
export function RunsTab() {
  // What was open is open again when the tab is.
  const [part, setPart] = useState(open);
  return (
    <Tabs.Root
      className="runs"
      orientation="vertical"
      value={part}
      onValueChange={(next) => {
        open = next;
        setPart(next);
      }}
    >
      <Tabs.List className="runs-parts" aria-label="Runs">
        {PARTS.map(({ id, words }) => (
          <Tabs.Trigger key={id} className="runs-part" value={id}>
            {words}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {PARTS.map(({ id, Part }) => (
        <Tabs.Content key={id} className="runs-panel" value={id}>
          {part === id && <Part />}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

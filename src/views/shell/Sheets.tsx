import { useEffect } from "react";
import { useStore } from "zustand";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { openSheet, panelsStore, setFolded, type Sheet } from "../../stores/page/panelsStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { sendActive } from "../requesters/unsendable.ts";

const WORDS: Readonly<Record<Sheet, string>> = {
  lesson: "Lesson",
  setup: "Setup",
  inspector: "Inspector",
  transcript: "Words",
  results: "Results",
};

/** On a phone: which part lies under the diagram. Elsewhere all have room, and this is not shown. */
export function Sheets() {
  const sheet = useStore(panelsStore, (panels) => panels.sheet);
  const lesson = useStore(lessonsStore, ({ open }) => open);
  const selected = useStore(selectionStore, (state) => state.selected);
  useEffect(() => {
    if (selected !== null) openSheet(selected.kind === "requester" ? "setup" : "inspector");
  }, [selected]);
  useEffect(() => {
    if (lesson !== null) openSheet("lesson");
    else if (panelsStore.getState().sheet === "lesson") openSheet("setup");
  }, [lesson]);

  const show = (wanted: Sheet): void => {
    openSheet(wanted === sheet ? null : wanted);
    if (wanted !== "setup") setFolded(wanted, false);
  };
  const parts: readonly Sheet[] = ["setup", "results", "inspector", "transcript"];
  return (
    <div className="sheets" role="group" aria-label="Parts of the page">
      {(lesson === null ? parts : (["lesson", ...parts] as const)).map((part) => (
        <button
          key={part}
          type="button"
          className="sheet-choice"
          aria-pressed={part === sheet}
          onClick={() => show(part)}
        >
          {WORDS[part]}
        </button>
      ))}
      {sheet !== "setup" && (
        <Button look="primary" onClick={() => sendActive(1)}>
          Send
        </Button>
      )}
    </div>
  );
}

import { Redo2, Undo2 } from "lucide-react";
import { useStore } from "zustand";
import { historyStore, redo, undo } from "../../stores/page/history.ts";
import { IconButton } from "../controls/IconButton.tsx";

/** Changes the setup back, step by step, and forward again. */
export function UndoTools() {
  const last = useStore(historyStore, ({ past }) => past.at(-1)?.words);
  const next = useStore(historyStore, ({ future }) => future.at(-1)?.words);
  return (
    <>
      <IconButton
        label="Undo"
        hint={last ?? "nothing in the setup was changed"}
        aria-disabled={last === undefined}
        onClick={undo}
      >
        <Undo2 size={16} />
      </IconButton>
      {next !== undefined && (
        <IconButton label="Redo" hint={next} onClick={redo}>
          <Redo2 size={16} />
        </IconButton>
      )}
    </>
  );
}

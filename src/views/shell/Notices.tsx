import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { dismiss, noticesStore, type Notice } from "../../stores/noticesStore.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";

const SHOWN_MS = 8000;

export function Notices() {
  const notices = useStore(noticesStore, (state) => state.notices);
  return (
    <div className="notices" aria-live="polite">
      <div className="notices-stack">
        {notices.map((notice) => (
          <Shown key={notice.id} notice={notice} />
        ))}
      </div>
    </div>
  );
}

function Shown({ notice }: { readonly notice: Notice }) {
  const { id, tone, words, action } = notice;
  useEffect(() => {
    if (tone === "bad") return; // Stays until a person has seen it.
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  return (
    <div className="notice" data-tone={tone}>
      <p>{words}</p>
      {action && (
        <Button
          onClick={() => {
            action.run();
            dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}

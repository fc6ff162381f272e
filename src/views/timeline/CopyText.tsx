import { useEffect, useState } from "react";
import { copyText } from "../controls/copyText.ts";
import { Button } from "../controls/Button.tsx";

interface Props {
  readonly label: string;
  readonly text: () => string;
}

/** Puts a text on the clipboard, and says that it did. */
export function CopyText({ label, text }: Props) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 1500);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    setSaid((await copyText(text())) ? "Copied" : "The browser did not allow it");
  };
  return (
    <Button look="quiet" onClick={() => void copy()}>
      <span aria-live="polite">{said ?? label}</span>
    </Button>
  );
}

import { useEffect, useState } from "react";
import { copyText } from "./copyText.ts";

interface Copying {
  /** For a moment after copying: whether that worked. */
  readonly said: "copied" | "failed" | null;
  copy(): void;
}

/** Puts a text on the clipboard. */
export function useCopy(text: string): Copying {
  const [said, setSaid] = useState<Copying["said"]>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), 1500);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    void copyText(text).then((copied) => setSaid(copied ? "copied" : "failed"));
  };
  return { said, copy };
}

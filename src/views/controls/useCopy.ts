import { useEffect, useState } from "react";

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
    // Absent where the page did not come over a secure connection.
    const { clipboard } = navigator as Partial<Navigator>;
    if (!clipboard) return setSaid("failed");
    clipboard.writeText(text).then(
      () => setSaid("copied"),
      () => setSaid("failed"),
    );
  };
  return { said, copy };
}

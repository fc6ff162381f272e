import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../controls/IconButton.tsx";

/** Puts a text on the clipboard, and shows that it did. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState<"copied" | "failed" | null>(null);
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
  return (
    <IconButton
      className="exchange-copy"
      label={said === "copied" ? "Copied" : `Copy ${what}`}
      {...(said === "failed" ? { hint: "the browser did not allow it" } : {})}
      onClick={copy}
    >
      {said === "copied" ? <Check size={13} /> : <Copy size={13} />}
    </IconButton>
  );
}

import { Check, Copy } from "lucide-react";
import { IconButton } from "../controls/IconButton.tsx";
import { useCopy } from "../controls/useCopy.ts";

/** Puts a text on the clipboard, and shows that it did. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { said, copy } = useCopy(text);
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

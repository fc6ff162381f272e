import { Check, Copy } from "lucide-react";
import { Button } from "./Button.tsx";
import { useCopy } from "./useCopy.ts";

/** Puts a whole text on the clipboard, and shows that it did. */
export function CopyTextButton({ text }: { readonly text: string }) {
  const { said, copy } = useCopy(text);
  return (
    <Button className="copy-text" onClick={copy}>
      {said === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">
        {said === "copied" ? "Copied" : said === "failed" ? "Not allowed" : "Copy"}
      </span>
    </Button>
  );
}

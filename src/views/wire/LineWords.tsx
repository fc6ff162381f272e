import { linePieces, type WireFrame } from "../../domain/frames/wireLines.ts";
import { toneOf } from "./frameWords.ts";

/** So many characters tell one inbox from another: they count up at its end. */
const TAIL = 5;

/** A control line, word by word. Where there is little room its inboxes lose their middle, never their end. */
export function LineWords({ frame }: { readonly frame: WireFrame }) {
  return linePieces(frame).map(({ what, text }, index) => (
    <span key={index} data-piece={what} data-tone={what === "verb" ? toneOf(frame) : undefined}>
      {index > 0 && " "}
      {text.startsWith("_INBOX.") ? (
        <>
          <span className="wire-inbox">{text.slice(0, -TAIL)}</span>
          {text.slice(-TAIL)}
        </>
      ) : (
        text
      )}
    </span>
  ));
}

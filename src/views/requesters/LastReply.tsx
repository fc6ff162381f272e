import { lastReplyOf } from "../../domain/narration/lastReply.ts";
import type { PeerId } from "../../domain/events/events.ts";
import { displayedExchange, shownReplySeq } from "../../stores/record/displayStore.ts";
import { Message } from "../inspector/exchange/Message.tsx";
import { useDisplay } from "../record/useDisplay.ts";

/** What the last request led to, beside the form that made it: in one line, and all of it at one click. */
export function LastReply({ peer }: { readonly peer: PeerId }) {
  const seq = useDisplay(() => shownReplySeq(peer));
  const exchange = seq === null ? undefined : displayedExchange(seq);
  const last = exchange && lastReplyOf(exchange);
  if (!last) return null;
  const label = last.tone === "none" ? "No reply" : last.tone === "error" ? "Error reply" : "Reply";
  const line = (
    <>
      <span className="last-reply-label">{label}</span> <span className="mono">{last.words}</span>
    </>
  );
  if (last.messages.length === 0) {
    return (
      <p className="last-reply" role="group" aria-label="Last reply" data-tone={last.tone}>
        {line}
      </p>
    );
  }
  return (
    <details key={seq} className="last-reply" aria-label="Last reply" data-tone={last.tone}>
      <summary>{line}</summary>
      {last.messages.map((message, index) => (
        <Message key={index} payload={message} what="reply" />
      ))}
    </details>
  );
}

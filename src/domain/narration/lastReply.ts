import { formatBytes, formatCounted, formatMs } from "../base/formats.ts";
import { decodeUtf8 } from "../base/utf8.ts";
import type { Exchange, Payload } from "../events/exchange.ts";
import { OUTCOME_WORDS } from "../events/outcomes.ts";
import { describeReasonIfAny } from "./describeReason.ts";

/** What a request led to, for whoever made it: what the replies say, or why there is none. */
export interface LastReply {
  readonly tone: "reply" | "error" | "none";
  /** In one line. */
  readonly words: string;
  /** The replies that were taken, none where there is none. */
  readonly messages: readonly Payload[];
}

/** Null while it is waited for. */
export function lastReplyOf(exchange: Exchange): LastReply | null {
  const { outcome, arrivals, subject, timeoutMs, reason } = exchange;
  const messages = arrivals.filter(({ verdict }) => verdict === "taken").map(({ message }) => message);
  switch (outcome) {
    case null:
      return null;
    case "replied":
    case "errorReply": {
      const [first] = messages;
      const count = messages.length > 1 ? `${formatCounted(messages.length, "reply", "replies")}: ` : "";
      const tone = outcome === "replied" ? "reply" : "error";
      return { tone, words: first ? `${count}${lineOf(first)}` : OUTCOME_WORDS[outcome], messages };
    }
    case "timedOut":
      return {
        tone: "none",
        words: `timed out${timeoutMs === null ? "" : ` after ${formatMs(timeoutMs)}`}`,
        messages: [],
      };
    case "noResponders":
      return { tone: "none", words: `503: no responders on ${subject}`, messages: [] };
    default: {
      const why = describeReasonIfAny(reason);
      return {
        tone: "none",
        words: `${OUTCOME_WORDS[outcome]}${why === "" ? "" : `: ${why}`}`,
        messages: [],
      };
    }
  }
}

const MOST_CHARACTERS = 300;

function lineOf({ bytes, size }: Payload): string {
  if (size === 0) return "an empty reply";
  const text = decodeUtf8(bytes, 0, bytes.length);
  return text.includes("\uFFFD")
    ? formatBytes(size)
    : text.replace(/\s+/g, " ").trim().slice(0, MOST_CHARACTERS);
}

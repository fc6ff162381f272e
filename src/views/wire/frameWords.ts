import { parseHeadersBlock } from "../../domain/messages/headersBlock.ts";
import { decodeUtf8 } from "../../domain/base/utf8.ts";
import { hasBody, type WireDirection, type WireFrame } from "../../domain/frames/wireLines.ts";
import { clockTime } from "../results/messages/clockTime.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** The meaning that a frame is drawn in; null for one that is neither request nor reply. */
export type FrameTone = "request" | "reply" | "error" | "noResponders";

export function toneOf({ kind, status, error }: WireFrame): FrameTone | null {
  switch (kind) {
    case "sent":
    case "delivered":
      return "request";
    case "answered":
    case "arrived":
      if (status === 503) return "noResponders";
      return error ? "error" : "reply";
    case "err":
      return "error";
    default:
      return null;
  }
}

export const WAYS: Readonly<Record<WireDirection, { readonly arrow: string; readonly words: string }>> = {
  out: { arrow: "→", words: "to the server" },
  in: { arrow: "←", words: "from the server" },
};

/** The time of day to what the page's clock can tell: frames of one round trip are fractions of a ms apart. */
export function frameTime(at: Instant): string {
  const digits = clockStepMs() < 0.1 ? 2 : 1;
  const fraction = Math.floor((at - Math.floor(at)) * 10 ** digits);
  return clockTime(at) + String(fraction).padStart(digits, "0");
}

const MOST_SEEN = 160;

/** The beginning of what follows a control line, for a row of a list. */
export function glimpseOf({ verb, status, payload }: WireFrame): string {
  if (!hasBody(verb)) return "";
  if (status !== 0) return `${status} ${parseHeadersBlock(payload.headers)?.description ?? ""}`.trim();
  return decodeUtf8(payload.bytes, 0, Math.min(MOST_SEEN, payload.bytes.length));
}

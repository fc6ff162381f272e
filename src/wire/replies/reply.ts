import type { Reason } from "../../domain/events/reasons.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import { isErrorReply } from "../../domain/messages/errorReply.ts";
import { formatHeadersBlock } from "../../domain/messages/headersBlock.ts";
import type { HandlerResult } from "../../domain/events/events.ts";
import { encodeText } from "../connection/text.ts";
import { bytesOf } from "./handlerContext.ts";

/** What goes back for a request. */
export interface Reply {
  readonly result: HandlerResult;
  readonly payload: Uint8Array;
  /** A whole header block; absent for none. */
  readonly headers?: Uint8Array;
  /** Why it is an error; null for none. */
  readonly error: Reason | null;
}

const NOTHING = new Uint8Array(0);

/** No reply at all. */
export const NO_REPLY: Reply = { result: "dropped", payload: NOTHING, error: null };

/** What a handler returned, made into bytes. */
export function replyOf(value: unknown): Reply {
  const payload = bytesOf(value, "The reply");
  const result = isErrorReply(NOTHING, payload) ? "errorReply" : "replied";
  return { result, payload, error: null };
}

/** An error as NATS services send it: said in headers and, for people, in the payload. */
export function errorReplyOf(result: "errorReply" | "threw", reason: Reason): Reply {
  const error = describeReason(reason);
  const headers = formatHeadersBlock([
    { name: "Nats-Service-Error", value: oneLine(error) },
    { name: "Nats-Service-Error-Code", value: "500" },
  ]);
  return { result, payload: encodeText(JSON.stringify({ error })), headers, error: reason };
}

/** The message of whatever was thrown; never empty. */
export function errorWords(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  try {
    return String(thrown) || "It threw an empty text.";
  } catch {
    return "It threw something that has no text.";
  }
}

/** A header's value may hold no line break, and headers count towards the size of a message. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").slice(0, 256);

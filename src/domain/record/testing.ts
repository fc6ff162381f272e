import { encodeReason, type Reason } from "../events/reasons.ts";
import type { EventBatch } from "../events/batch.ts";
import { KIND, type EventKind } from "../events/events.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { encodeUtf8 } from "../base/utf8.ts";

/** For tests: an event in words. `reply` names the exchange. */
export interface WrittenEvent {
  readonly kind: EventKind;
  readonly at: number;
  readonly reply?: string;
  readonly link?: number;
  readonly code?: number;
  readonly flags?: number;
  /** Where it is not the payload's. */
  readonly size?: number;
  readonly subject?: string;
  /** Of a subscription. */
  readonly queue?: string;
  readonly payload?: string;
  /** In place of a payload. */
  readonly reason?: Reason;
}

/** For tests: events as a worker would post them. */
export function batchOf(events: readonly WrittenEvent[]): EventBatch {
  const texts = events.map(({ kind, subject = "", reply = "", queue = "", payload = "", reason }) => {
    const onInbox = kind === "answered" || kind === "arrived";
    const asks = kind === "attempted" || kind === "sent" || kind === "delivered";
    const said = reason === undefined ? payload : encodeReason(reason);
    return [onInbox ? reply || subject : subject, asks ? reply : queue, "", said].map(encodeUtf8);
  });
  const bytes = texts.flat();
  const joined = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of bytes) {
    joined.set(part, end);
    end += part.length;
  }
  return {
    count: events.length,
    at: Float64Array.from(events, ({ at }) => at),
    kind: Uint8Array.from(events, ({ kind }) => KIND[kind]),
    flags: Uint8Array.from(events, ({ flags = 0 }) => flags),
    exchange: Float64Array.from(events, ({ reply }) => (reply === undefined ? 0 : replyKeyOf(reply))),
    link: Float64Array.from(events, ({ link = 0 }) => link),
    code: Uint32Array.from(events, ({ code = 0 }) => code),
    size: Uint32Array.from(
      texts,
      ([, , , payload], index) => events[index]?.size ?? (events[index]?.reason ? 0 : payload?.length) ?? 0,
    ),
    lengths: Uint32Array.from(bytes, (part) => part.length),
    bytes: joined,
  };
}

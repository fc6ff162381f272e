import { decodeReason, type Reason } from "../events/reasons.ts";
import { holdsEvent } from "./eventRing.ts";
import type { Payload } from "../events/exchange.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { FLAG } from "../events/events.ts";
import { prefixBytes } from "../messages/sharedServer.ts";
import { readText } from "./textStore.ts";
import { decodeUtf8 } from "../base/utf8.ts";

const PARTS = { subject: 0, reply: 1, headers: 2, payload: 3 } as const;
type Part = keyof typeof PARTS;

/** A copy of one text of an event, a subject without its prefix; empty when there is none, or it was evicted. */
export function bytesOf(record: TrafficRecord, number: number | undefined, part: Part): Uint8Array {
  const bytes = wholeBytesOf(record, number, part);
  if (part !== "subject" || number === undefined) return bytes;
  const prefixed = ((record.events.flags[number % record.events.capacity] ?? 0) & FLAG.prefixed) !== 0;
  return prefixed ? bytes.subarray(prefixBytes(bytes, 0, bytes.length)) : bytes;
}

/** The subject as it crossed the wire. */
export const wholeSubjectOf = (record: TrafficRecord, number: number): string =>
  decodeUtf8(wholeBytesOf(record, number, "subject"));

function wholeBytesOf(record: TrafficRecord, number: number | undefined, part: Part): Uint8Array {
  const { events, texts } = record;
  if (number === undefined || !holdsEvent(events, number)) return new Uint8Array(0);
  const row = number % events.capacity;
  let offset = events.textAt[row] ?? -1;
  if (offset < 0) return new Uint8Array(0);
  for (let before = 0; before < PARTS[part]; before++) offset += events.lengths[row * 4 + before] ?? 0;
  return readText(texts, offset, events.lengths[row * 4 + PARTS[part]] ?? 0);
}

export const textOf = (record: TrafficRecord, number: number | undefined, part: Part): string =>
  decodeUtf8(bytesOf(record, number, part));

/** Why an event says that something ended or failed; null where it says nothing, or that was evicted. */
export const reasonOf = (record: TrafficRecord, number: number | undefined): Reason | null =>
  decodeReason(textOf(record, number, "payload"));

export function payloadOf(record: TrafficRecord, number: number): Payload {
  return {
    bytes: bytesOf(record, number, "payload"),
    headers: bytesOf(record, number, "headers"),
    size: record.events.size[number % record.events.capacity] ?? 0,
  };
}

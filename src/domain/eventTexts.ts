import { holdsEvent } from "./eventRing.ts";
import type { Payload } from "./exchange.ts";
import type { TrafficRecord } from "./record.ts";
import { readText } from "./textStore.ts";
import { decodeUtf8 } from "./utf8.ts";

const PARTS = { subject: 0, reply: 1, headers: 2, payload: 3 } as const;
type Part = keyof typeof PARTS;

/** A copy of one text of an event; empty when there is none, or it gave way. */
export function bytesOf(record: TrafficRecord, number: number | undefined, part: Part): Uint8Array {
  const { events, texts } = record;
  if (number === undefined || !holdsEvent(events, number)) return new Uint8Array(0);
  const row = number % events.capacity;
  let at = events.textAt[row] ?? -1;
  if (at < 0) return new Uint8Array(0);
  for (let before = 0; before < PARTS[part]; before++) at += events.lengths[row * 4 + before] ?? 0;
  return readText(texts, at, events.lengths[row * 4 + PARTS[part]] ?? 0);
}

export const textOf = (record: TrafficRecord, number: number | undefined, part: Part): string =>
  decodeUtf8(bytesOf(record, number, part));

export function payloadOf(record: TrafficRecord, number: number): Payload {
  return {
    bytes: bytesOf(record, number, "payload"),
    headers: bytesOf(record, number, "headers"),
    size: record.events.size[number % record.events.capacity] ?? 0,
  };
}

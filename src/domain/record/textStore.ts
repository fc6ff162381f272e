import { eventSpan, type EventRing } from "./eventRing.ts";

/**
 * The texts of events, in a ring of bytes. A position counts from the first byte ever kept, so that a text that was evicted is
 * known to be gone.
 */
export interface TextStore {
  readonly bytes: Uint8Array;
  /** Bytes ever kept. */
  end: number;
  /** Events whose texts were evicted while they themselves were still held. */
  lost: number;
  /** The number of the first event whose texts have not been counted as lost. */
  counted: number;
}

export const createTextStore = (capacity: number): TextStore => ({
  bytes: new Uint8Array(capacity),
  end: 0,
  lost: 0,
  counted: 1,
});

/** Keeps bytes, the last of them if they are more than the store holds, and gives the position of the first. */
export function keepTexts(store: TextStore, source: Uint8Array): number {
  const { bytes } = store;
  const at = store.end;
  store.end += source.length;
  const kept = source.length > bytes.length ? source.subarray(source.length - bytes.length) : source;
  const start = (store.end - kept.length) % bytes.length;
  const room = bytes.length - start;
  if (kept.length <= room) {
    bytes.set(kept, start);
  } else {
    bytes.set(kept.subarray(0, room), start);
    bytes.set(kept.subarray(room), 0);
  }
  return at;
}

/** True while nothing of a text has given way. */
export const holdsText = ({ bytes, end }: TextStore, at: number): boolean => at >= end - bytes.length;

/** A copy of a kept text; empty when it was evicted. */
export function readText(store: TextStore, at: number, length: number): Uint8Array {
  if (at < 0 || length === 0 || !holdsText(store, at)) return new Uint8Array(0);
  const { bytes } = store;
  const start = at % bytes.length;
  const room = bytes.length - start;
  const text = new Uint8Array(length);
  text.set(bytes.subarray(start, start + Math.min(length, room)));
  if (length > room) text.set(bytes.subarray(0, length - room), room);
  return text;
}

/** Counts the events that are still held and whose texts were evicted since the last count. */
export function countLostTexts(store: TextStore, events: EventRing): void {
  if (store.end <= store.bytes.length) return;
  const { first, last } = eventSpan(events);
  let number = Math.max(store.counted, first);
  for (let row = number % events.capacity; number <= last; number++) {
    const at = events.textAt[row] ?? -1;
    if (at >= 0) {
      if (holdsText(store, at)) break;
      store.lost++;
    }
    if (++row === events.capacity) row = 0;
  }
  store.counted = number;
}

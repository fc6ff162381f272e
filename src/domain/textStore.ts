/**
 * The texts of events, in a ring of bytes. A position counts from the first byte ever kept, so that a text that gave way is
 * known to be gone.
 */
export interface TextStore {
  readonly bytes: Uint8Array;
  /** Bytes ever kept. */
  end: number;
  /** Events whose texts gave way. */
  lost: number;
}

export const createTextStore = (capacity: number): TextStore => ({
  bytes: new Uint8Array(capacity),
  end: 0,
  lost: 0,
});

/** Keeps bytes in one piece and gives their position; −1 when they are more than the store holds. */
export function keepText(store: TextStore, source: Uint8Array, from: number, length: number): number {
  const { bytes } = store;
  if (length > bytes.length) return -1;
  const room = bytes.length - (store.end % bytes.length);
  if (length > room) store.end += room; // A text is never split over the ring's end.
  const at = store.end;
  bytes.set(source.subarray(from, from + length), at % bytes.length);
  store.end += length;
  return at;
}

/** A copy of a kept text; empty when it gave way. */
export function readText(store: TextStore, at: number, length: number): Uint8Array {
  if (at < 0 || length === 0 || at < store.end - store.bytes.length) return new Uint8Array(0);
  const start = at % store.bytes.length;
  return store.bytes.slice(start, start + length);
}

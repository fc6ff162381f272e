import { useSyncExternalStore } from "react";
import type { TrafficRecord } from "../../domain/record.ts";
import { recordStore } from "../../stores/recordStore.ts";

/** How often a value on screen follows the record: often enough to look live, seldom enough to cost nothing. */
const EVERY_MS = 100;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastAt = 0;

recordStore.subscribe(() => {
  if (timer !== undefined) return;
  const wait = Math.max(0, lastAt + EVERY_MS - performance.now());
  timer = setTimeout(() => {
    timer = undefined;
    lastAt = performance.now();
    for (const listener of listeners) listener();
  }, wait);
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A small value derived from the record, followed at most ten times a second. Give back a primitive: the component is
 * drawn again only when the value differs.
 */
export function useRecord<T extends string | number | boolean | null>(
  derive: (record: TrafficRecord) => T,
): T {
  return useSyncExternalStore(subscribe, () => derive(recordStore.getState().record));
}

/** The version of the record, for views that read much of it. */
export const useRecordVersion = (): number => useRecord((record) => record.version);

import { useSyncExternalStore } from "react";
import type { TrafficRecord } from "../../domain/record.ts";
import { shownRecord, shownStore } from "../../stores/shownRecord.ts";

/** How often a value on screen follows the record: often enough to look live, seldom enough to cost nothing. */
const EVERY_MS = 100;
/** While one moves through the past: it has to look like what the canvas shows. */
const EVERY_IN_PAST_MS = 33;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastAt = 0;

shownStore.subscribe(({ record }) => {
  if (timer !== undefined) return;
  const every = record.past === null ? EVERY_MS : EVERY_IN_PAST_MS;
  const wait = Math.max(0, lastAt + every - performance.now());
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
 * A small value derived from the record as the page shows it, followed at most ten times a second, and more often in the past. Give back a primitive: the component is
 * drawn again only when the value differs.
 */
export function useRecord<T extends string | number | boolean | null>(
  derive: (record: TrafficRecord) => T,
): T {
  return useSyncExternalStore(subscribe, () => derive(shownRecord()));
}

/** Changes with what is shown of the record, for views that read much of it. */
export const useRecordVersion = (): number =>
  useSyncExternalStore(subscribe, () => shownStore.getState().version);

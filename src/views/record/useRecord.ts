import { useSyncExternalStore } from "react";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { follow } from "./ticks.ts";

/** Every tick. */
const shown = follow("shown", 0);

/**
 * A small value derived from the record as the page shows it, followed some times a second, and more often in the past. Give back a
 * primitive: the component is drawn again only when the value differs.
 */
export function useRecord<T extends string | number | boolean | null>(
  derive: (record: TrafficRecord) => T,
): T {
  return useSyncExternalStore(shown.subscribe, () => derive(shownRecord()));
}

/** Changes with what is shown of the record, for views that read much of it. */
export const useRecordVersion = (): number => useSyncExternalStore(shown.subscribe, shown.version);

import { useEffect, useState, useSyncExternalStore } from "react";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { follow, type Followed } from "./ticks.ts";

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

/**
 * The version of the record, followed at once and then at most every `everyMs`: for views that read so much of it that following
 * each frame would cost the traffic its time.
 */
export const useRecordEvery = (everyMs: number): number => useFollowed("record", everyMs);

/** The same of what the page shows of the record, which is the past while one looks at that. */
export const useShownEvery = (everyMs: number): number => useFollowed("shown", everyMs);

function useFollowed(what: Followed, everyMs: number): number {
  const [{ subscribe, version }] = useState(() => follow(what, everyMs));
  return useSyncExternalStore(subscribe, version);
}

/** A version as it was so many ms ago: what depends on it is not drawn in the same moment as what follows it at once. */
export function useLater(version: number, ms: number): number {
  const [later, setLater] = useState(version);
  useEffect(() => {
    const timer = setTimeout(() => setLater(version), ms);
    return () => clearTimeout(timer);
  }, [version, ms]);
  return later;
}

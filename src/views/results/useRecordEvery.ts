import { useState, useSyncExternalStore } from "react";
import { follow } from "../record/ticks.ts";

/**
 * The version of the record, followed at once and then at most every `everyMs`: for views that read so much of it that
 * following each frame would cost the traffic its time.
 */
export function useRecordEvery(everyMs: number): number {
  const [{ subscribe, version }] = useState(() => follow("record", everyMs));
  return useSyncExternalStore(subscribe, version);
}

import { useState, useSyncExternalStore } from "react";
import { follow } from "./ticks.ts";

/**
 * A number that changes with what the page shows of the record: followed at once and then at most every `everyMs` while live, for
 * views that read so much of it that following each frame would cost the traffic its time.
 */
export function useShownEvery(everyMs: number): number {
  const [{ subscribe, version }] = useState(() => follow("shown", everyMs));
  return useSyncExternalStore(subscribe, version);
}

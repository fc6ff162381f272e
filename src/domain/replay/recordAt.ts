import type { TimeIndex, TrafficRecord } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/**
 * The record as it was at an instant: what is read through it is the fold of the events that had happened by then, and of those
 * that gave way: `at` is no earlier than those. It shares everything with the whole record and is good until that changes. `version`
 * is for whoever compares.
 */
export const recordAt = (
  whole: TrafficRecord,
  index: TimeIndex,
  at: Instant,
  version: number,
): TrafficRecord => ({
  ...whole,
  version,
  past: { at: Math.max(at, whole.events.evictedUpTo), index, whole },
});

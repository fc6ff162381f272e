import { holdsEvent } from "./eventRing.ts";
import type { Instant } from "../events/events.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import type { ReplayIndex } from "../replay/replayIndex.ts";

/** The instant that a record is looked at, and what makes that quick. */
export interface Past {
  readonly at: Instant;
  readonly index: ReplayIndex;
  /** The record with everything in it. */
  readonly whole: TrafficRecord;
}

/**
 * The record as it was at an instant: what is read through it is the fold of the events that had happened by then, and of those
 * that gave way: `at` is no earlier than those. It shares everything with the whole record and is good until that changes. `version`
 * is for whoever compares.
 */
export const recordAt = (
  whole: TrafficRecord,
  index: ReplayIndex,
  at: Instant,
  version: number,
): TrafficRecord => ({
  ...whole,
  version,
  past: { at: Math.max(at, whole.events.goneAt), index, whole },
});

/** True for a held event that had happened by the instant at which the record is looked at. */
export function hasHappened({ past, events }: TrafficRecord, number: number): boolean {
  if (past === null) return true;
  return number <= past.index.last && past.index.when[number % events.capacity]! <= past.at;
}

/** The same for one that may have given way: then it is long past. */
export const hadHappened = (record: TrafficRecord, number: number): boolean =>
  !holdsEvent(record.events, number) || hasHappened(record, number);

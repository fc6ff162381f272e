import type { LoadBounds } from "./setup.ts";

/**
 * The open load model: calls are planned at a fixed rate, whatever has become of the earlier ones. Planned times are
 * computed from the call's position, never added up, so hours of load do not drift.
 */
export interface Schedule {
  readonly perSecond: number;
  readonly bounds: LoadBounds;
}

/** When call `index` (from 0) is planned, in ms after the start. Ignores the bounds. */
export function plannedMs(perSecond: number, index: number): number {
  return (index * 1000) / perSecond;
}

/** How many calls the schedule plans altogether; Infinity when nothing bounds it. A call at the very end is not planned. */
export function plannedTotal({ perSecond, bounds }: Schedule): number {
  const byDuration = bounds.durationMs === null ? Infinity : countBefore(perSecond, bounds.durationMs);
  return Math.min(byDuration, bounds.requests ?? Infinity);
}

/** How many calls should have been started `elapsedMs` after the start; the first one is due at 0. */
export function dueBy(schedule: Schedule, elapsedMs: number): number {
  if (elapsedMs < 0) return 0;
  const { perSecond } = schedule;
  let count = Math.floor((elapsedMs * perSecond) / 1000) + 1;
  // Rounding can put the quotient one beside what plannedMs says.
  while (count > 0 && plannedMs(perSecond, count - 1) > elapsedMs) count--;
  while (plannedMs(perSecond, count) <= elapsedMs) count++;
  return Math.min(count, plannedTotal(schedule));
}

/** When the schedule ends, in ms after the start: its last call or its duration, whichever is earlier. */
export function plannedEndMs(schedule: Schedule): number {
  const { perSecond, bounds } = schedule;
  const lastCall =
    bounds.requests === null ? Infinity : plannedMs(perSecond, Math.max(0, bounds.requests - 1));
  return Math.min(lastCall, bounds.durationMs ?? Infinity);
}

/** How many calls are planned before `endMs`. */
function countBefore(perSecond: number, endMs: number): number {
  let count = Math.ceil((endMs * perSecond) / 1000);
  while (count > 0 && plannedMs(perSecond, count - 1) >= endMs) count--;
  while (plannedMs(perSecond, count) < endMs) count++;
  return count;
}

import { OUTCOMES } from "../events/outcomes.ts";
import type { Instant } from "../base/instant.ts";

/** Seconds of which sums are kept. */
const CAPACITY = 1024;
const SECOND_MS = 1000;

/**
 * What happened in each of the last seconds, by the time of the events: so that a busy second can be told in one line, from
 * exact counts, however many of its events have given way.
 */
export interface PerSecondCounters {
  /** Where each slot's second begins; 0 for a slot that was never used. */
  readonly beginsAt: Float64Array;
  /** The numbers of the first and of the last event in it; between them are events of the seconds around it as well. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Requests that peers of this page made. */
  readonly attempted: Uint32Array;
  /** Exchanges that were settled, `OUTCOMES.length` columns a slot. */
  readonly settled: Uint32Array;
  /** Calls that ended without anything published for them, likewise. */
  readonly unsent: Uint32Array;
  /** Answers to programs elsewhere. */
  readonly served: Int32Array;
  readonly late: Uint32Array;
  readonly duplicate: Uint32Array;
  /** Messages without a reply subject that the server delivered. */
  readonly messages: Uint32Array;
}

export const createPerSecondCounters = (): PerSecondCounters => ({
  beginsAt: new Float64Array(CAPACITY),
  first: new Float64Array(CAPACITY),
  last: new Float64Array(CAPACITY),
  attempted: new Uint32Array(CAPACITY),
  settled: new Uint32Array(CAPACITY * OUTCOMES.length),
  unsent: new Uint32Array(CAPACITY * OUTCOMES.length),
  served: new Int32Array(CAPACITY),
  late: new Uint32Array(CAPACITY),
  duplicate: new Uint32Array(CAPACITY),
  messages: new Uint32Array(CAPACITY),
});

export function resetPerSecondCounters(seconds: PerSecondCounters): void {
  for (const column of Object.values(seconds)) column.fill(0);
}

/** The slot of the second that `at` falls into, made when event `number` is its first and in any case told that it is its last so far; −1 for one too long ago. */
export function slotFor(seconds: PerSecondCounters, at: Instant, number: number): number {
  const begins = beginOf(at);
  const slot = slotOf(begins);
  const there = seconds.beginsAt[slot] ?? 0;
  if (there === begins) {
    seconds.last[slot] = number;
    return slot;
  }
  if (there > begins || slot < 0) return -1;
  seconds.beginsAt[slot] = begins;
  seconds.first[slot] = number;
  seconds.last[slot] = number;
  seconds.attempted[slot] = 0;
  seconds.settled.fill(0, slot * OUTCOMES.length, (slot + 1) * OUTCOMES.length);
  seconds.unsent.fill(0, slot * OUTCOMES.length, (slot + 1) * OUTCOMES.length);
  seconds.served[slot] = 0;
  seconds.late[slot] = 0;
  seconds.duplicate[slot] = 0;
  seconds.messages[slot] = 0;
  return slot;
}

/** The slot of a second that is still kept, −1 for none. */
export function keptSlot(seconds: PerSecondCounters, at: Instant): number {
  const begins = beginOf(at);
  const slot = slotOf(begins);
  return seconds.beginsAt[slot] === begins ? slot : -1;
}

/** Counts exchanges that were settled together. */
export function countSettled(seconds: PerSecondCounters, at: Instant, code: number, count: number): void {
  const slot = keptSlot(seconds, at);
  if (slot < 0) return;
  const column = slot * OUTCOMES.length + code;
  seconds.settled[column] = (seconds.settled[column] ?? 0) + count;
}

/** Counts answers in the second of their exchange's first one, where they are found again when the request is attributed after all. */
export function countServed(seconds: PerSecondCounters, at: Instant, count: number): void {
  const slot = keptSlot(seconds, at);
  if (slot >= 0) seconds.served[slot] = (seconds.served[slot] ?? 0) + count;
}

/** The slots in use, the newest second first. */
export function newestFirst({ beginsAt }: PerSecondCounters): number[] {
  const slots = [...beginsAt.keys()].filter((slot) => beginsAt[slot] !== 0);
  return slots.sort((a, b) => (beginsAt[b] ?? 0) - (beginsAt[a] ?? 0));
}

/** A second that begins at 0 would look unused; the epoch is nobody's traffic. */
const beginOf = (at: Instant): Instant => Math.floor(at / SECOND_MS) * SECOND_MS;
const slotOf = (begins: Instant): number => (begins / SECOND_MS) % CAPACITY;

import type { EventBatch } from "../events/batch.ts";
import type { PeerId } from "../events/events.ts";
import type { Instant } from "../base/instant.ts";

/**
 * The newest events as columns. An event is addressed by its running number, from 1; its row is the number modulo the
 * capacity. Events of one exchange are chained from the newest to the oldest.
 */
export interface EventRing {
  readonly capacity: number;
  /** The number of the newest event; 0 for none. */
  last: number;
  /** Nothing before it is told: it was cleared. */
  first: number;
  /**
   * Up to when the record cannot be told any more, −Infinity while all can. Numbers are not in the order of times, since each peer
   * tells at its own pace: what is held from before that is only a part of what happened then.
   */
  evictedUpTo: Instant;
  /** When it happened, by the page's clock and never before its cause: see clockSkew.ts. */
  readonly at: Float64Array;
  /** Events that were told at another time once more was known. */
  readonly moves: EventMoves;
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
  readonly peer: Uint32Array;
  /** The key of the exchange it belongs to, 0 for none. */
  readonly key: Float64Array;
  /** The seq of that exchange, 0 for none, −1 for one that is not in its chain or was evicted. */
  readonly exchange: Float64Array;
  readonly link: Float64Array;
  readonly code: Uint32Array;
  readonly size: Uint32Array;
  /** What was decided of an arrival: see verdicts.ts. */
  readonly verdict: Uint8Array;
  /** By how much less the number of the event of the same exchange is that was folded before it, 0 for none: see `previousOf`. */
  readonly back: Int32Array;
  /** Where its texts begin in the text store, counted from the first byte ever kept; −1 for none. */
  readonly textAt: Float64Array;
  /** Four a row: subject, reply, headers, payload. */
  readonly lengths: Uint32Array;
}

/** The newest moves: by count modulo their number, which event moved and from when. */
interface EventMoves {
  count: number;
  readonly numbers: Float64Array;
  readonly from: Float64Array;
}

/** Whoever has missed more than so many moves begins afresh. */
const MOVES = 4096;

export function createEventRing(capacity: number): EventRing {
  return {
    capacity,
    last: 0,
    first: 1,
    evictedUpTo: -Infinity,
    at: new Float64Array(capacity),
    moves: { count: 0, numbers: new Float64Array(MOVES), from: new Float64Array(MOVES) },
    kind: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    peer: new Uint32Array(capacity),
    key: new Float64Array(capacity),
    exchange: new Float64Array(capacity),
    verdict: new Uint8Array(capacity),
    link: new Float64Array(capacity),
    code: new Uint32Array(capacity),
    size: new Uint32Array(capacity),
    back: new Int32Array(capacity),
    textAt: new Float64Array(capacity),
    lengths: new Uint32Array(capacity * 4),
  };
}

/**
 * Makes room for the rows `from` up to `to` of a batch, no more than the ring holds, and copies the columns that need nothing
 * but copying. Gives the number of the first. `at`, `exchange`, `back` and `textAt` are the caller's to fill.
 */
export function appendRows(
  ring: EventRing,
  batch: EventBatch,
  from: number,
  to: number,
  peer: PeerId,
): number {
  const first = ring.last + 1;
  ring.last += to - from;
  for (let next = from; next < to;) {
    const row = (first + next - from) % ring.capacity;
    const end = Math.min(to, next + ring.capacity - row);
    ring.kind.set(batch.kind.subarray(next, end), row);
    ring.flags.set(batch.flags.subarray(next, end), row);
    ring.key.set(batch.exchange.subarray(next, end), row);
    ring.link.set(batch.link.subarray(next, end), row);
    ring.code.set(batch.code.subarray(next, end), row);
    ring.size.set(batch.size.subarray(next, end), row);
    ring.lengths.set(batch.lengths.subarray(next * 4, end * 4), row * 4);
    ring.peer.fill(peer, row, row + end - next);
    next = end;
  }
  return first;
}

/** The number of the event of the same exchange that was folded before one that is held; 0 for none. */
export function previousOf({ back, capacity }: EventRing, number: number): number {
  const distance = back[number % capacity]!;
  return distance === 0 ? 0 : number - distance;
}

/** True while the event of that number has not given way to a newer one. */
export const holdsEvent = (ring: EventRing, number: number): boolean =>
  number >= ring.first && number <= ring.last && number > ring.last - ring.capacity;

/** The numbers of the events that are held; `last` is less than `first` when there are none. */
export function eventSpan({ first, last, capacity }: EventRing): { first: number; last: number } {
  return { first: Math.max(first, last - capacity + 1), last };
}

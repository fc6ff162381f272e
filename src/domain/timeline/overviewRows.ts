import type { Reason } from "../events/reasons.ts";
import type { PeerId, PeerState } from "../events/events.ts";
import { UNSETTLED } from "../record/exchangeRing.ts";
import { outcomeOf, type Outcome } from "../events/outcomes.ts";
import { exchangeRange } from "../exchanges/readExchange.ts";
import { stateChanges } from "../record/peerStates.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import type { TimeWindow } from "./timeWindow.ts";
import type { Instant } from "../base/instant.ts";

/** Times of an exchange as columns hold them, in one object that is used again: there are tens of thousands. */
export interface RowTimes {
  seq: number;
  from: Instant;
  /** The last moment that is known of it; `Infinity` while it is in flight. */
  to: Instant;
  outcome: Outcome | null;
  /** Replies that nobody took. */
  ghosts: number;
}

/** The times of one held exchange, written into `into`. */
export function rowTimes({ exchanges: ring }: TrafficRecord, seq: number, into: RowTimes): RowTimes {
  const row = seq % ring.capacity;
  const code = ring.outcome[row] ?? UNSETTLED;
  const attempted = ring.attemptedAt[row] ?? 0;
  const settled = ring.settledAt[row] ?? 0;
  into.seq = seq;
  into.from = attempted || (ring.firstAt[row] ?? 0);
  // One that was asked elsewhere is seen to end where its answer leaves.
  into.to = settled || (attempted === 0 ? ring.answeredAt[row] || into.from : Infinity);
  into.outcome = code === UNSETTLED ? null : (outcomeOf(code) ?? null);
  into.ghosts = (ring.late[row] ?? 0) + (ring.duplicate[row] ?? 0);
  return into;
}

export const emptyRow = (): RowTimes => ({ seq: 0, from: 0, to: 0, outcome: null, ghosts: 0 });

/** True for an outcome that is not what was asked for. */
export const isFailure = (outcome: Outcome | null): boolean => outcome !== null && outcome !== "replied";

/** The seqs of the exchanges that are under way in a window, in their order. `now` ends those in flight. */
export function rowsWithin(record: TrafficRecord, { from, to }: TimeWindow, now: Instant): number[] {
  const { first, last } = exchangeRange(record);
  const row = emptyRow();
  const found: number[] = [];
  for (let seq = first; seq <= last; seq++) {
    rowTimes(record, seq, row);
    if (row.from <= to && Math.min(row.to, now) >= from) found.push(seq);
  }
  return found;
}

/** From the first moment of any exchange that is held to the last; null when there is none. */
export function wholeSpan(record: TrafficRecord, now: Instant): TimeWindow | null {
  const { first, last } = exchangeRange(record);
  const row = emptyRow();
  let from = Infinity;
  let to = -Infinity;
  for (let seq = first; seq <= last; seq++) {
    rowTimes(record, seq, row);
    from = Math.min(from, row.from);
    to = Math.max(to, row.to === Infinity ? now : row.to);
  }
  return from > to ? null : { from, to: Math.max(to, from + 1) };
}

/** The next or previous exchange that failed or got replies that nobody took, from one on; undefined for none. */
export function nextFailure(record: TrafficRecord, from: number | null, way: 1 | -1): number | undefined {
  const { first, last } = exchangeRange(record);
  const row = emptyRow();
  let seq = from === null ? (way === 1 ? first : last) : Math.min(last + 1, Math.max(first - 1, from)) + way;
  for (; seq >= first && seq <= last; seq += way) {
    rowTimes(record, seq, row);
    if (isFailure(row.outcome) || row.ghosts > 0) return seq;
  }
  return undefined;
}

/** The exchange that failed nearest to an instant, no further from it than `withinMs`; undefined for none. */
export function nearestFailure(record: TrafficRecord, at: Instant, withinMs: number): number | undefined {
  const { first, last } = exchangeRange(record);
  const row = emptyRow();
  let nearest: number | undefined;
  let least = withinMs;
  for (let seq = first; seq <= last; seq++) {
    rowTimes(record, seq, row);
    const off = Math.abs(row.from - at);
    if (off > least || !isFailure(row.outcome)) continue;
    least = off;
    nearest = seq;
  }
  return nearest;
}

/** How many exchanges began in each part of a window, and how many of those failed. */
export function densityOf(
  record: TrafficRecord,
  { from, to }: TimeWindow,
  parts: number,
): { readonly all: Float64Array; readonly failed: Float64Array } {
  const all = new Float64Array(parts);
  const failed = new Float64Array(parts);
  const { first, last } = exchangeRange(record);
  const row = emptyRow();
  for (let seq = first; seq <= last; seq++) {
    rowTimes(record, seq, row);
    const part = Math.floor(((row.from - from) / (to - from)) * parts);
    if (part < 0 || part > parts) continue;
    const index = Math.min(parts - 1, part);
    all[index] = (all[index] ?? 0) + 1;
    if (isFailure(row.outcome)) failed[index] = (failed[index] ?? 0) + 1;
  }
  return { all, failed };
}

/** A time in which a peer was not up as it should be. */
export interface StateBand {
  readonly peer: PeerId;
  readonly state: PeerState;
  readonly from: Instant;
  /** Null while it lasts. */
  readonly to: Instant | null;
  readonly reason: Reason | null;
}

const UP: readonly PeerState[] = ["starting", "connected", "removed"];

/** When peers were frozen, draining, cut off or gone, in the order in which it began. */
export function stateBands(record: TrafficRecord): readonly StateBand[] {
  const bands: StateBand[] = [];
  for (const peer of record.states.keys()) {
    const changes = stateChanges(record, peer);
    for (const [place, { at, state, reason }] of changes.entries()) {
      if (UP.includes(state) || changes[place - 1]?.state === state) continue;
      const end = changes.slice(place + 1).find((later) => later.state !== state);
      bands.push({ peer, state, from: at, to: end === undefined ? null : Math.max(end.at, at), reason });
    }
  }
  return bands.toSorted((a, b) => a.from - b.from || a.peer - b.peer);
}

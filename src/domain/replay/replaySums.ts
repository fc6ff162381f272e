import { FLAG, HANDLER_RESULTS, isGone, KIND, PEER_STATES, type PeerId } from "../events/events.ts";
import { holdsEvent } from "../record/eventRing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** What is counted of each peer. */
export const SUM = {
  received: 0,
  replied: 1,
  errors: 2,
  dropped: 3,
  sent: 4,
  held: 5,
  running: 6,
  waiting: 7,
} as const;
const COLUMNS = Object.keys(SUM).length;

/** By peer: its counts, or by how much they changed. */
export type Sums = Map<PeerId, Float64Array>;

const DROPPED = HANDLER_RESULTS.indexOf("dropped");
/** How far back the beginning of a handler is looked for. */
const MOST_LINKS = 64;

export function sumsFor(sums: Sums, peer: PeerId): Float64Array {
  let row = sums.get(peer);
  if (!row) sums.set(peer, (row = new Float64Array(COLUMNS)));
  return row;
}

export const copyOf = (sums: Sums): Sums => new Map([...sums].map(([peer, row]) => [peer, row.slice()]));

/** Adds what a held event changes in its peer's counts. */
export function addEvent(sums: Sums, record: TrafficRecord, number: number): void {
  const { events } = record;
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  const peer = events.peer[e]!;
  switch (kind) {
    case KIND.attempted: {
      if (events.exchange[e]! <= 0) return;
      const row = sumsFor(sums, peer);
      row[SUM.sent]!++;
      row[SUM.waiting]!++;
      return;
    }
    case KIND.settled:
      if (settles(record, number)) sumsFor(sums, peer)[SUM.waiting]!--;
      return;
    case KIND.delivered: {
      const row = sumsFor(sums, peer);
      row[SUM.received]!++;
      row[SUM.held]!++;
      return;
    }
    case KIND.handling: {
      const { held, running } = inHandBefore(record, number);
      if (running < held) sumsFor(sums, peer)[SUM.running]!++;
      return;
    }
    case KIND.handled: {
      const row = sumsFor(sums, peer);
      const { held, running } = inHandBefore(record, number);
      if (held > 0) row[SUM.held]!--;
      if (running > 0) row[SUM.running]!--;
      if (events.code[e] === DROPPED) row[SUM.dropped]!++;
      return;
    }
    case KIND.answered:
      sumsFor(sums, peer)[(events.flags[e]! & FLAG.error) === 0 ? SUM.replied : SUM.errors]!++;
      return;
    case KIND.state: {
      const state = PEER_STATES[events.code[e]!];
      if (state === undefined || !isGone(state)) return;
      const ending = record.endings.get(peer)?.find((each) => each.number === number);
      if (!ending) return;
      const row = sumsFor(sums, peer);
      row[SUM.held]! -= ending.held;
      row[SUM.running]! -= ending.running;
      row[SUM.waiting]! -= ending.waiting;
    }
  }
}

/** The end of a worker may have settled it before. */
function settles({ events, exchanges }: TrafficRecord, number: number): boolean {
  const seq = events.exchange[number % events.capacity]!;
  const row = seq % exchanges.capacity;
  return seq <= 0 || exchanges.seq[row] !== seq || exchanges.settling[row] === number;
}

/**
 * How often a request was in a responder's hands before an event of its, and in how many of them it was being handled. One that is
 * given up while it waits in line is not; and the end of a worker empties its hands.
 */
function inHandBefore(
  { events, endings }: TrafficRecord,
  number: number,
): { readonly held: number; readonly running: number } {
  const peer = events.peer[number % events.capacity]!;
  const seq = events.exchange[number % events.capacity]!;
  const kind = events.kind[number % events.capacity]!;
  // Of what gave way the usual is assumed.
  const usual = kind === KIND.handled ? { held: 1, running: 1 } : { held: 1, running: 0 };
  if (seq <= 0) return usual;
  const ended = endings.get(peer)?.findLast((each) => each.number < number)?.number ?? 0;
  let delivered = 0;
  let begun = 0;
  let done = 0;
  let before = events.previous[number % events.capacity]!;
  for (let link = 0; link < MOST_LINKS && before > ended; link++) {
    if (!holdsEvent(events, before)) return usual;
    const e = before % events.capacity;
    if (events.exchange[e] !== seq) break;
    if (events.peer[e] === peer) {
      if (events.kind[e] === KIND.delivered) delivered++;
      else if (events.kind[e] === KIND.handling) begun++;
      else if (events.kind[e] === KIND.handled) done++;
    }
    before = events.previous[e]!;
  }
  const held = Math.max(0, delivered - done);
  return { held, running: Math.min(held, Math.max(0, begun - done)) };
}

import { noteMoved } from "./checkpoints.ts";
import { holdsEvent, previousOf } from "./eventRing.ts";
import { rowOfSeq } from "./exchangeRing.ts";
import { isGone, KIND, PEER_STATES } from "../events/events.ts";
import type { PeerCounts, TrafficRecord } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** The least time by which one event is told after another, in ms: what an instant of our days can still tell apart. */
export const TICK_MS = 2 ** -11;
/** Room for what a responder does between the sending of a request and the arrival of its reply. */
const MOST_TICKS = 5;
/** An answer that seems to come later than this after an arrival is another one. */
const NEAR_MS = 4;
/** How many of the newest events are looked at for those of a worker that ended. */
const MOST_EVENTS = 8192;
/** How far back the other end of an exchange is looked for. */
const MOST_LINKS = 32;

/**
 * The one place where clocks are corrected. Those of workers are comparable to within the error of their measured offsets, so that
 * a delivery can seem to come before its sending: each event gets the earliest time that is not before its cause. What a responder
 * did is told after the sending; where its reply was the only one and of the same size, before the arrival. A worker ends
 * after all that it told. What becomes known later moves what was told already: see `moveOthers`.
 */
export function correctTime(record: TrafficRecord, number: number, counts: PeerCounts): void {
  const { events, exchanges } = record;
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  let at = Math.max(events.at[e]!, counts.endedAt);
  if (kind === KIND.state) {
    const state = PEER_STATES[events.code[e]!];
    const ends = state !== undefined && isGone(state);
    at = Math.max(at, counts.stateAt, ends ? counts.latestAt : 0);
    counts.stateAt = at;
    if (ends) {
      counts.endedAt = at;
      endBy(record, number, at);
    }
  }
  if (at > counts.latestAt) counts.latestAt = at;
  const row = rowOfSeq(exchanges, events.exchange[e]!);
  if (row >= 0 && exchanges.requester[row] !== 0) {
    const peer = events.peer[e]!;
    if (exchanges.requester[row] !== peer) at = Math.max(at, leftAt(record, row) + TICK_MS);
    else if (kind === KIND.arrived || exchanges.arrivals[row]! > 0) {
      at = Math.max(at, leftAt(record, row) + MOST_TICKS * TICK_MS);
    }
  }
  events.at[e] = at;
}

/** Nothing that was told before the end of a worker is told after it. */
function endBy(record: TrafficRecord, ending: number, at: Instant): void {
  const { events } = record;
  const peer = events.peer[ending % events.capacity]!;
  for (let number = ending - 1; number > ending - MOST_EVENTS && holdsEvent(events, number); number--) {
    const e = number % events.capacity;
    if (events.peer[e] === peer && events.at[e]! > at) move(record, number, at);
  }
}

/** Moves the events of the other end, where the newest one of an exchange shows that a clock is out. */
export function moveOthers(record: TrafficRecord, number: number): void {
  const { events, exchanges } = record;
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  if (kind !== KIND.attempted && kind !== KIND.sent && kind !== KIND.arrived && kind !== KIND.answered)
    return;
  const row = rowOfSeq(exchanges, events.exchange[e]!);
  if (row < 0 || exchanges.deliveries[row] === 0 || exchanges.requester[row] === 0) return;
  if (kind === KIND.attempted || kind === KIND.sent) {
    const earliest = leftAt(record, row) + TICK_MS;
    const requester = exchanges.requester[row]!;
    let each = exchanges.newest[row]!;
    for (let link = 0; link < MOST_LINKS && holdsEvent(events, each); link++) {
      const other = each % events.capacity;
      if (events.peer[other] !== requester && events.at[other]! < earliest) move(record, each, earliest);
      each = previousOf(events, each);
    }
    return;
  }
  if (exchanges.deliveries[row] !== 1 || exchanges.answers[row] !== 1 || exchanges.arrivals[row] !== 1)
    return;
  if (kind === KIND.arrived && exchanges.answeredAt[row]! < events.at[e]!) return;
  const answer = kind === KIND.answered ? e : newestWith(record, row, events.kind, KIND.answered);
  const arrival = kind === KIND.arrived ? e : newestWith(record, row, events.kind, KIND.arrived);
  if (answer < 0 || arrival < 0 || events.size[answer] !== events.size[arrival]) return;
  const latest = Math.max(leftAt(record, row) + TICK_MS, events.at[arrival]! - TICK_MS);
  if (events.at[answer]! <= latest || events.at[answer]! > latest + NEAR_MS) return;
  const peer = events.peer[answer]!;
  let led = false;
  let each = exchanges.newest[row]!;
  for (let link = 0; link < MOST_LINKS && holdsEvent(events, each); link++) {
    const other = each % events.capacity;
    if (other === answer) led = true;
    // What a handler does after its answer need not be over when that arrives.
    if (led && events.peer[other] === peer && events.at[other]! > latest) move(record, each, latest);
    each = previousOf(events, each);
  }
}

/** When a request left, as far as is known. */
const leftAt = ({ exchanges }: TrafficRecord, row: number): Instant =>
  exchanges.sentAt[row] || exchanges.attemptedAt[row]!;

/** Tells an event at another time, but on the side of an end of its peer's worker on which it was told. */
function move(record: TrafficRecord, number: number, to: Instant): void {
  const { events } = record;
  const e = number % events.capacity;
  const from = events.at[e]!;
  let at = to;
  for (const ending of record.endings.get(events.peer[e]!) ?? []) {
    at = ending.number < number ? Math.max(at, ending.at) : Math.min(at, ending.at);
  }
  if (at === from) return;
  events.at[e] = at;
  const { moves } = events;
  const slot = moves.count++ % moves.numbers.length;
  moves.numbers[slot] = number;
  moves.from[slot] = from;
  noteMoved(record.checkpoints, number, at);
}

/** The ring's row of the newest event of an exchange with such a value in a column; −1 for none. */
function newestWith(
  { events, exchanges }: TrafficRecord,
  row: number,
  column: Uint8Array | Uint32Array,
  value: number,
): number {
  let number = exchanges.newest[row]!;
  for (let link = 0; link < MOST_LINKS && holdsEvent(events, number); link++) {
    const e = number % events.capacity;
    if (column[e] === value) return e;
    number = previousOf(events, number);
  }
  return -1;
}

import { holdsEvent } from "./eventRing.ts";
import { KIND } from "../events/events.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** The least time by which one event is told after another, in ms: what an instant of our days can still tell apart. */
export const TICK_MS = 2 ** -11;

const REPLIED = outcomeCode("replied");
const ERROR_REPLY = outcomeCode("errorReply");
/** No clock is out by more. */
const NEAR_MS = 50;
/** How far back an arrival is looked for. */
const MOST_LINKS = 32;

/** How many ticks before the arrival of its reply a responder's event is told at the latest. */
const TICKS_BEFORE: ReadonlyMap<number, number> = new Map([
  [KIND.delivered, 4],
  [KIND.handling, 3],
  [KIND.handled, 2],
  [KIND.answered, 1],
]);

/** After its sending at least so many. */
const MOST_TICKS = 5;

/**
 * When a held event happened, so that nothing is told before its cause. Clocks of workers are comparable to within the error of
 * their measured offsets: what a responder did is told after the sending and, where its reply was the only one and was taken,
 * before the arrival.
 */
export function causalTime({ events, exchanges }: TrafficRecord, number: number): Instant {
  const e = number % events.capacity;
  const at = events.at[e]!;
  const seq = events.exchange[e]!;
  if (seq <= 0) return at;
  const row = seq % exchanges.capacity;
  if (exchanges.seq[row] !== seq) return at;
  const requester = exchanges.requester[row]!;
  if (requester === 0 || events.peer[e] === requester) return at;
  const ticks = TICKS_BEFORE.get(events.kind[e]!);
  if (ticks === undefined) return at;

  const left = exchanges.sentAt[row] || exchanges.attemptedAt[row]!;
  const after = left > 0 ? Math.max(at, left + (MOST_TICKS - ticks) * TICK_MS) : at;
  const outcome = exchanges.outcome[row]!;
  const alone = exchanges.deliveries[row] === 1 && exchanges.arrivals[row] === 1;
  if (!alone || (outcome !== REPLIED && outcome !== ERROR_REPLY)) return after;
  if (after < exchanges.settledAt[row]! - NEAR_MS) return after;
  const arrivedAt = arrivalOf(events, exchanges.newest[row]!, seq);
  return arrivedAt === null ? after : Math.min(after, Math.max(left, arrivedAt - ticks * TICK_MS));
}

/** The latest time at which the event in a row of the ring may be told, whatever becomes known of its exchange. */
export function latestTime({ events, exchanges }: TrafficRecord, e: number): Instant {
  const at = events.at[e]!;
  const seq = events.exchange[e]!;
  if (seq <= 0) return at;
  const row = seq % exchanges.capacity;
  if (exchanges.seq[row] !== seq || exchanges.requester[row] === events.peer[e]) return at;
  const left = exchanges.sentAt[row] || exchanges.attemptedAt[row]!;
  return left > 0 ? Math.max(at, left + MOST_TICKS * TICK_MS) : at;
}

function arrivalOf(events: TrafficRecord["events"], newest: number, seq: number): Instant | null {
  let number = newest;
  for (let link = 0; link < MOST_LINKS && holdsEvent(events, number); link++) {
    const e = number % events.capacity;
    if (events.exchange[e] !== seq) return null;
    if (events.kind[e] === KIND.arrived) return events.at[e]!;
    number = events.previous[e]!;
  }
  return null;
}

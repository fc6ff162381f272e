import type { Instant } from "../base/instant.ts";
import type { Exchange } from "../events/exchange.ts";
import { flightOf } from "./flight.ts";
import { timesToScale } from "./schedule.ts";

/** How a span of the record is played: at `at[n]` when `ms[n]` of playing have passed, and evenly in between. */
export interface Pace {
  readonly at: readonly Instant[];
  readonly ms: readonly number[];
}

/** How long a message takes from one place to the next, and the most that anything takes in between. */
const HOP_MS = 800;
const WORK_MS = 900;
const LEAST_WORK_MS = 120;
/** All of it takes no longer than this. */
const MOST_MS = 20_000;

/** Plays exchanges that belong together so that the time goes to what moves, however long was waited in between. */
export function paceOf(exchanges: readonly Exchange[], from: Instant, to: Instant): Pace {
  const legs = exchanges.flatMap((exchange) => flightOf(exchange, timesToScale(exchange)).legs);
  const moving = legs.filter(({ startsAt, endsAt }) => endsAt > startsAt && endsAt < Infinity);
  const within = [from, to, ...moving.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  const at: Instant[] = [from];
  const ms: number[] = [0];
  for (const next of within) {
    const last = at.at(-1) ?? from;
    if (next <= last) continue;
    let length = 0;
    for (const { startsAt, endsAt } of moving) {
      if (startsAt > last || endsAt < next) continue;
      length = Math.max(length, (HOP_MS * (next - last)) / (endsAt - startsAt));
    }
    if (length === 0) length = Math.min(WORK_MS, LEAST_WORK_MS * (1 + Math.log1p(next - last)));
    at.push(next);
    ms.push((ms.at(-1) ?? 0) + length);
  }
  const all = ms.at(-1) ?? 0;
  const faster = Math.min(1, MOST_MS / Math.max(1, all));
  return { at, ms: ms.map((each) => each * faster) };
}

/** The instant that is played so many ms after another one. */
export function pacedFrom(pace: Pace, at: Instant, realMs: number): Instant {
  return between(pace.ms, pace.at, between(pace.at, pace.ms, at) + realMs);
}

function between(from: readonly number[], to: readonly number[], value: number): number {
  const after = from.findIndex((each) => each > value);
  if (after === 0) return to[0] ?? 0;
  if (after === -1) return to.at(-1) ?? 0;
  const [low = 0, high = 0] = [from[after - 1], from[after]];
  const [first = 0, last = 0] = [to[after - 1], to[after]];
  return first + ((last - first) * (value - low)) / (high - low);
}

import type { Instant } from "../base/instant.ts";
import { pacedFrom, type Pace } from "../schedule/pace.ts";

/** What steps go through: every event, or those of the exchange that is selected. */
export type StepScope = "everything" | "selected";

/**
 * The clock by which the page shows what was recorded. It is apart from real time, which goes on, as does the recording.
 * live: what happens now, stretched so that it can be seen. paused: one instant. playing: on from an instant, at 1/`speed`.
 */
export interface Playback {
  readonly mode: "live" | "paused" | "playing";
  /** The instant that is shown; null while live. */
  readonly at: Instant | null;
  /** So many times slower than real time, 1 to 5000. */
  readonly speed: number;
  readonly scope: StepScope;
  /** Where playing ends and pauses; null: it goes on until it has caught up with the present. */
  readonly until: Instant | null;
  /** By which it plays up to there, where the time is to go to what moves; null: evenly, at its speed. */
  readonly pace: Pace | null;
}

/** The speeds there are, each as the number of times it is slower than real time. */
export const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

export const LIVE: Playback = {
  mode: "live",
  at: null,
  speed: 1,
  scope: "everything",
  until: null,
  pace: null,
};

/** How long a person likes to look at one exchange, in ms. */
const EXCHANGE_LASTS_MS = 6000;

/** The speed at which `ms` of record last a few seconds. */
export function speedFor(ms: number): number {
  const wanted = EXCHANGE_LASTS_MS / Math.max(ms, 1e-6);
  return [...SPEEDS].reverse().find((speed) => speed <= wanted) ?? 1;
}

/** The instant that is shown `realMs` later. */
export function advanced(playback: Playback, realMs: number): Playback {
  const { mode, at, speed, until, pace } = playback;
  if (mode !== "playing" || at === null) return playback;
  const passed = Math.max(0, realMs);
  const next = pace === null ? at + passed / speed : pacedFrom(pace, at, passed);
  return until !== null && next >= until
    ? { ...playback, mode: "paused", at: until, until: null, pace: null }
    : { ...playback, at: next };
}

/** In words: `1/200×`, and `1×` for real time. */
export const speedWords = (speed: number): string => (speed === 1 ? "1×" : `1/${speed}×`);

import type { Instant } from "../base/instant.ts";

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
}

/** The speeds there are, each as the number of times it is slower than real time. */
export const SPEEDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

export const LIVE: Playback = { mode: "live", at: null, speed: 1, scope: "everything", until: null };

/** How long a person likes to look at one exchange, in ms. */
const EXCHANGE_LASTS_MS = 6000;

/** The speed at which `ms` of record last a few seconds. */
export function speedFor(ms: number): number {
  const wanted = EXCHANGE_LASTS_MS / Math.max(ms, 1e-6);
  return [...SPEEDS].reverse().find((speed) => speed <= wanted) ?? 1;
}

/** The instant that is shown `realMs` later. */
export function advanced(playback: Playback, realMs: number): Playback {
  const { mode, at, speed, until } = playback;
  if (mode !== "playing" || at === null) return playback;
  const next = at + Math.max(0, realMs) / speed;
  return until !== null && next >= until
    ? { ...playback, mode: "paused", at: until, until: null }
    : { ...playback, at: next };
}

/** In words: `1/200×`, and `1×` for real time. */
export const speedWords = (speed: number): string => (speed === 1 ? "1×" : `1/${speed}×`);

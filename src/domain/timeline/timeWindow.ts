import type { Instant } from "../base/instant.ts";

/** A span of time that is looked at; `to` is later than `from`. */
export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** Nothing shorter than this can be told apart, in ms. */
export const SHORTEST_MS = 0.2;

/** Makes a window `factor` times as long, and keeps `at` where it is in it. Stays within twice the whole. */
export function zoomed({ from, to }: TimeWindow, factor: number, at: Instant, whole: TimeWindow): TimeWindow {
  const length = to - from;
  const most = Math.max(SHORTEST_MS, (whole.to - whole.from) * 1.1);
  const wanted = Math.min(most, Math.max(SHORTEST_MS, length * factor));
  const share = length > 0 ? (at - from) / length : 0.5;
  return within({ from: at - wanted * share, to: at + wanted * (1 - share) }, whole);
}

/** Moves a window by a share of its length; some of the whole stays in it. */
export function panned({ from, to }: TimeWindow, share: number, whole: TimeWindow): TimeWindow {
  const by = (to - from) * share;
  return within({ from: from + by, to: to + by }, whole);
}

/** The window of that length with an instant a third into it, or as it is where the instant is in it already. */
export function showing(window: TimeWindow, from: Instant, to: Instant): TimeWindow {
  if (from >= window.from && to <= window.to) return window;
  const length = Math.max(window.to - window.from, (to - from) * 1.5);
  const start = from - (length - (to - from)) / 2;
  return { from: start, to: start + length };
}

/** A window that does not lose sight of the whole: at least a tenth of the shorter of the two is in the other. */
function within({ from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  const length = to - from;
  const shared = Math.min(length, whole.to - whole.from) / 10;
  const start = Math.min(whole.to - shared, Math.max(whole.from - length + shared, from));
  return { from: start, to: start + length };
}

/** Round steps for the marks of a time axis, in ms, no more than `most` of them in the window. */
export function axisStep({ from, to }: TimeWindow, most: number): number {
  const least = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)));
  for (const times of [1, 2, 5]) if (power * times >= least) return power * times;
  return power * 10;
}

import { firstPlace } from "../base/binarySearch.ts";
/** Places moments on a line, in px from its beginning. */
export interface TimeScale {
  /** Of any time in ms; what lies between two moments is placed in proportion. */
  place(ms: number): number;
  readonly length: number;
}

interface ScaleOptions {
  /** readable: no two moments nearer than `least`. true: in proportion to time throughout. */
  readonly kind: "readable" | "true";
  /** px */
  readonly least: number;
  /** px; the whole of it where it is true to scale. */
  readonly length: number;
}

/** A gap of this length, in ms, takes the least room where the scale is readable; each tenfold takes as much again. */
const SHORT_MS = 0.05;
const MOST_TIMES_LEAST = 4;

/** A scale over moments in ms, in any order. Never goes back: a later moment has its place at or behind an earlier one's. */
export function createTimeScale(
  moments: readonly number[],
  { kind, least, length }: ScaleOptions,
): TimeScale {
  const times = [...new Set(moments)].toSorted((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  if (kind === "true") {
    const perMs = last > first ? length / (last - first) : 0;
    return { place: (ms) => Math.max(0, ms - first) * perMs, length };
  }
  const places = [0];
  for (let index = 1; index < times.length; index++) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    const room = least * Math.min(MOST_TIMES_LEAST, 1 + Math.log10(1 + gap / SHORT_MS));
    places.push((places[index - 1] ?? 0) + room);
  }
  return {
    length: places.at(-1) ?? 0,
    place(ms) {
      const low = firstPlace(1, times.length, (index) => (times[index] ?? 0) > ms) - 1;
      const from = times[low] ?? 0;
      const to = times[low + 1];
      const place = places[low] ?? 0;
      if (to === undefined || ms <= from) return place;
      return place + ((places[low + 1] ?? place) - place) * ((ms - from) / (to - from));
    },
  };
}

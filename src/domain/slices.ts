/**
 * How long calls took, apart for each stretch of a run's time: what can be drawn from again to learn how sure a percentile is. The
 * number of stretches is bounded: when they are full, two and two become one.
 */
export interface Slices {
  /** How long a stretch is, in ms. */
  widthMs: number;
  /** How many calls took how many µs, to three significant digits. The stretches follow each other in time. */
  readonly stretches: Map<number, number>[];
}

/** So many stretches at most, and at least half as many once a run has filled them. */
const MOST_STRETCHES = 64;
/** The first width, in ms. */
const LEAST_WIDTH_MS = 5;

export const createSlices = (): Slices => ({ widthMs: LEAST_WIDTH_MS, stretches: [] });

/** Counts a call that belongs to `atMs` after the start and took `us`. */
export function addToSlices(slices: Slices, atMs: number, us: number): void {
  while (atMs >= slices.widthMs * MOST_STRETCHES) halve(slices);
  const at = Math.max(0, Math.floor(atMs / slices.widthMs));
  const { stretches } = slices;
  while (stretches.length <= at) stretches.push(new Map());
  const stretch = stretches[at];
  const value = threeDigits(us);
  stretch?.set(value, (stretch.get(value) ?? 0) + 1);
}

function halve(slices: Slices): void {
  const { stretches } = slices;
  const wide: Map<number, number>[] = [];
  for (let at = 0; at < stretches.length; at += 2) {
    const both = stretches[at] ?? new Map<number, number>();
    for (const [us, count] of stretches[at + 1] ?? []) both.set(us, (both.get(us) ?? 0) + count);
    wide.push(both);
  }
  stretches.splice(0, stretches.length, ...wide);
  slices.widthMs *= 2;
}

/** To three significant digits, as percentiles are. */
function threeDigits(us: number): number {
  if (us < 1000) return us;
  const unit = 10 ** (Math.floor(Math.log10(us)) - 2);
  return Math.round(us / unit) * unit;
}

/**
 * How long calls took, apart for each stretch of a run's time: what can be drawn from again to learn how sure a percentile is. The
 * number of stretches is bounded: when they are full, two and two become one.
 */
export interface Slices {
  /** How long a stretch is, in ms. */
  widthMs: number;
  /** They follow each other in time. */
  readonly stretches: Stretch[];
}

/** How many calls took how many µs, to three significant digits: µs and calls in turn where it is packed. */
type Stretch = Map<number, number> | Uint32Array;

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
  const stretch = mapOf(stretches[at]);
  const value = threeDigits(us);
  stretches[at] = stretch.set(value, (stretch.get(value) ?? 0) + 1);
}

/** Holds them in a tenth of the room. Adding to them goes on to work. */
export function packSlices({ stretches }: Slices): void {
  for (const [at, stretch] of stretches.entries()) stretches[at] = Uint32Array.from(pairsOf(stretch));
}

/** Of each stretch, in their order: µs and how many calls took as long, in turn. */
export const pairsOfSlices = ({ stretches }: Slices): number[][] => stretches.map(pairsOf);

const pairsOf = (stretch: Stretch): number[] =>
  stretch instanceof Map ? [...stretch].flat() : Array.from(stretch);

function mapOf(stretch: Stretch | undefined): Map<number, number> {
  if (stretch instanceof Map) return stretch;
  const map = new Map<number, number>();
  for (let at = 0; at < (stretch?.length ?? 0); at += 2) map.set(stretch?.[at] ?? 0, stretch?.[at + 1] ?? 0);
  return map;
}

function halve(slices: Slices): void {
  const { stretches } = slices;
  const wide: Stretch[] = [];
  for (let at = 0; at < stretches.length; at += 2) {
    const both = mapOf(stretches[at]);
    for (const [us, count] of mapOf(stretches[at + 1])) both.set(us, (both.get(us) ?? 0) + count);
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

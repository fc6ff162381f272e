import { createHistogram } from "./latency.ts";

/**
 * How long calls took, apart for each span of a run's time: what can be drawn from again to learn how sure a percentile is. The number
 * of buckets is bounded: when they are full, two and two become one. Each holds only those counts of a histogram that are not 0: a whole
 * one takes 90 kB.
 */
export interface TimeBuckets {
  /** How long a bucket is, in ms. */
  widthMs: number;
  /** They follow each other in time. */
  readonly buckets: TimeBucket[];
}

/** How many calls took how many µs: µs and calls in turn where it is packed. */
type TimeBucket = Map<number, number> | Uint32Array;

/** So many buckets at most, and at least half as many once a run has filled them. */
const MOST_BUCKETS = 64;
/** The first width, in ms. */
const LEAST_WIDTH_MS = 5;

/** Holds no values; says which of them a histogram to three significant figures counts as one. */
const SCALE = createHistogram(3);

export const createTimeBuckets = (): TimeBuckets => ({ widthMs: LEAST_WIDTH_MS, buckets: [] });

/** Counts a call that belongs to `atMs` after the start and took `us`. */
export function addToTimeBuckets(into: TimeBuckets, atMs: number, us: number): void {
  while (atMs >= into.widthMs * MOST_BUCKETS) halve(into);
  const index = Math.max(0, Math.floor(atMs / into.widthMs));
  const { buckets } = into;
  while (buckets.length <= index) buckets.push(new Map());
  const counts = countsOf(buckets[index]);
  const value = SCALE.medianEquivalentValue(us);
  buckets[index] = counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Holds them in a tenth of the room. Adding to them goes on to work. */
export function packTimeBuckets({ buckets }: TimeBuckets): void {
  for (const [index, bucket] of buckets.entries()) buckets[index] = Uint32Array.from(pairsIn(bucket));
}

/** Of each bucket, in their order: µs and how many calls took as long, in turn. */
export const pairsOfTimeBuckets = ({ buckets }: TimeBuckets): number[][] => buckets.map(pairsIn);

const pairsIn = (bucket: TimeBucket): number[] =>
  bucket instanceof Map ? [...bucket].flat() : Array.from(bucket);

function countsOf(bucket: TimeBucket | undefined): Map<number, number> {
  if (bucket instanceof Map) return bucket;
  const counts = new Map<number, number>();
  for (let index = 0; index < (bucket?.length ?? 0); index += 2) {
    counts.set(bucket?.[index] ?? 0, bucket?.[index + 1] ?? 0);
  }
  return counts;
}

function halve(into: TimeBuckets): void {
  const { buckets } = into;
  const wide: TimeBucket[] = [];
  for (let index = 0; index < buckets.length; index += 2) {
    const both = countsOf(buckets[index]);
    for (const [us, count] of countsOf(buckets[index + 1])) both.set(us, (both.get(us) ?? 0) + count);
    wide.push(both);
  }
  buckets.splice(0, buckets.length, ...wide);
  into.widthMs *= 2;
}

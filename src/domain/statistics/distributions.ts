import type { LatencyBuckets } from "./compareRuns.ts";
import type { Histogram } from "./latency.ts";

/** How many calls took how many µs. */
export type Counted = readonly (readonly [us: number, count: number])[];

export function countedIn(histogram: Histogram): Counted {
  const counted: [number, number][] = [];
  const values = histogram.recordedValuesIterator;
  values.reset();
  while (values.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = values.next();
    counted.push([valueIteratedTo, countAddedInThisIterationStep]);
  }
  return counted;
}

export function countedOver(buckets: LatencyBuckets): Counted {
  const all = new Map<number, number>();
  for (const bucket of buckets) {
    for (let index = 0; index < bucket.length; index += 2) {
      const us = bucket[index] ?? 0;
      all.set(us, (all.get(us) ?? 0) + (bucket[index + 1] ?? 0));
    }
  }
  return [...all].sort(([x], [y]) => x - y);
}

/** A bucket of two distributions over one another: which share of each took from here up to the next. */
export interface SharedBucket {
  readonly ms: number;
  readonly a: number;
  readonly b: number;
}

/** Both in the same buckets of equal width on a logarithmic scale; the last corner only ends the one before. */
export function overlaid(a: Counted, b: Counted, leastMs: number, buckets: number): readonly SharedBucket[] {
  const all = [...a, ...b];
  if (all.length === 0) return [];
  const low = Math.max(leastMs * 1000, Math.min(...all.map(([us]) => us)));
  const high = Math.max(low * 1.2, ...all.map(([us]) => us)) * 1.001;
  const step = Math.log(high / low) / buckets;
  const made = Array.from({ length: buckets + 1 }, (_, index) => ({
    ms: (low * Math.exp(step * index)) / 1000,
    a: 0,
    b: 0,
  }));
  for (const [key, counted] of [["a", a] as const, ["b", b] as const]) {
    const total = counted.reduce((sum, [, count]) => sum + count, 0);
    for (const [us, count] of counted) {
      const index = Math.min(buckets - 1, Math.max(0, Math.floor(Math.log(us / low) / step)));
      const bucket = made[index];
      if (bucket) bucket[key] += count / total;
    }
  }
  return made;
}

import { PERCENTILES } from "./percentiles.ts";

/** How many calls took how many µs in each bucket of a run's time: `[us, count, us, count, …]`. */
export type LatencyBuckets = readonly (readonly number[])[];

/** A percentile of two runs and how sure their difference is. All in ms. */
export interface Difference {
  readonly words: string;
  /** Null: too few replies. */
  readonly aMs: number | null;
  readonly bMs: number | null;
  /** b − a, and the interval that holds it in 95 of 100 cases; null where it cannot be told. */
  readonly differenceMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
  readonly verdict: "slower" | "faster" | "none" | "tooFew";
}

/** With fewer buckets in which something was answered nothing is said. */
const LEAST_BUCKETS = 8;
const DRAWS = 600;
const CONFIDENCE = 0.95;

/**
 * Whether b was slower than a, by a block bootstrap: each run's buckets of time are drawn again with replacement, many times, and each
 * time the percentiles are taken anew. Buckets, not calls, because slow calls come together. Where the middle 95 % of the
 * differences hold 0, or the difference is less than the clock's step, there is none that can be told. `random` gives 0 ≤ x < 1.
 */
export function compareRuns(
  a: LatencyBuckets,
  b: LatencyBuckets,
  stepMs: number,
  random: () => number,
): readonly Difference[] {
  const [inA, inB] = [tableOf(a), tableOf(b)];
  const enough = Math.min(inA.rows.length, inB.rows.length) >= LEAST_BUCKETS;
  const drawn: number[][] = PERCENTILES.map(() => []);
  for (let draw = 0; enough && draw < DRAWS; draw++) {
    const [again, andAgain] = [
      percentilesOf(inA, drawAgain(inA, random)),
      percentilesOf(inB, drawAgain(inB, random)),
    ];
    for (const [at, list] of drawn.entries()) list.push((andAgain[at] ?? 0) - (again[at] ?? 0));
  }
  const [wholeA, wholeB] = [percentilesOf(inA, sumOf(inA)), percentilesOf(inB, sumOf(inB))];
  return PERCENTILES.map(({ words, needs }, index): Difference => {
    const aMs = inA.total >= needs ? (wholeA[index] ?? null) : null;
    const bMs = inB.total >= needs ? (wholeB[index] ?? null) : null;
    if (!enough || aMs === null || bMs === null) {
      return { words, aMs, bMs, differenceMs: null, lowMs: null, highMs: null, verdict: "tooFew" };
    }
    const differenceMs = bMs - aMs;
    const sorted = (drawn[index] ?? []).sort((x, y) => x - y);
    const edge = Math.floor(((1 - CONFIDENCE) / 2) * sorted.length);
    const lowMs = Math.min(sorted[edge] ?? 0, differenceMs);
    const highMs = Math.max(sorted[sorted.length - 1 - edge] ?? 0, differenceMs);
    const told = (lowMs > 0 || highMs < 0) && Math.abs(differenceMs) >= stepMs;
    const verdict = !told ? "none" : differenceMs > 0 ? "slower" : "faster";
    return { words, aMs, bMs, differenceMs, lowMs, highMs, verdict };
  });
}

/** Buckets as rows over one list of values, so that drawing is adding up. */
interface Table {
  /** In µs, rising. */
  readonly values: readonly number[];
  /** Of each bucket `[place in values, count, …]`. */
  readonly rows: readonly Uint32Array[];
  readonly total: number;
}

function tableOf(buckets: LatencyBuckets): Table {
  const seen = new Set<number>();
  for (const bucket of buckets)
    for (let index = 0; index < bucket.length; index += 2) seen.add(bucket[index] ?? 0);
  const values = [...seen].sort((x, y) => x - y);
  const placeOf = new Map(values.map((value, index) => [value, index]));
  let total = 0;
  const rows = buckets
    .filter(({ length }) => length > 0)
    .map((bucket) => {
      const row = new Uint32Array(bucket.length);
      for (let index = 0; index < bucket.length; index += 2) {
        const count = bucket[index + 1] ?? 0;
        row[index] = placeOf.get(bucket[index] ?? 0) ?? 0;
        row[index + 1] = count;
        total += count;
      }
      return row;
    });
  return { values, rows, total };
}

function drawAgain({ values, rows }: Table, random: () => number): Float64Array {
  const counts = new Float64Array(values.length);
  for (let n = 0; n < rows.length; n++) add(counts, rows[Math.floor(random() * rows.length)]);
  return counts;
}

function sumOf({ values, rows }: Table): Float64Array {
  const counts = new Float64Array(values.length);
  for (const row of rows) add(counts, row);
  return counts;
}

function add(counts: Float64Array, row: Uint32Array | undefined): void {
  if (!row) return;
  for (let index = 0; index < row.length; index += 2) {
    const place = row[index] ?? 0;
    counts[place] = (counts[place] ?? 0) + (row[index + 1] ?? 0);
  }
}

/** Of each of PERCENTILES, in ms; with the rank that the histograms take. */
function percentilesOf({ values }: Table, counts: Float64Array): number[] {
  let total = 0;
  for (const count of counts) total += count;
  const ranks = PERCENTILES.map(({ percent }) => Math.max(1, Math.floor((percent / 100) * total + 0.5)));
  const found: number[] = [];
  let below = 0;
  for (const [at, value] of values.entries()) {
    below += counts[at] ?? 0;
    while (found.length < ranks.length && below >= (ranks[found.length] ?? Infinity))
      found.push(value / 1000);
  }
  return found;
}

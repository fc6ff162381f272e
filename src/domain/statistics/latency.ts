// Not the package's front door: that brings WebAssembly, zlib and an eval along, which the page's policy forbids and nobody needs.
import { constructorFromBucketSize } from "hdr-histogram-js/dist/JsHistogramFactory.js";
import type { Instant } from "../base/instant.ts";

/** Figures of calls that got a reply, an error reply included; all in ms. */
export interface LatencyFigures {
  readonly count: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

/** One second. Its times are 0 when nothing was replied in it. */
export interface SeriesPoint {
  /** The beginning of the second. */
  readonly at: Instant;
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Calls that ended without a reply. */
  readonly failures: number;
}

/** Seconds that the series keeps. */
const SECONDS = 3600;
/** Recorded in whole µs, from 1 µs to an hour, to three significant figures. */
const MOST_US = 3_600_000_000;

const HdrHistogram = constructorFromBucketSize(32);

export type Histogram = InstanceType<typeof HdrHistogram>;

/** A histogram of µs, from 1 µs to an hour, to so many significant figures. */
export const createHistogram = (digits: 2 | 3): Histogram => new HdrHistogram(1, MOST_US, digits);

export interface Latency {
  readonly all: Histogram;
  /** Of everything in it: a histogram finds its mean by going through all its buckets. */
  sumUs: number;
  /** The second that is being filled. */
  readonly second: Histogram;
  secondAt: Instant;
  failures: number;
  readonly past: SeriesPoint[];
}

/** Whatever keeps latencies, as a record does. */
interface WithLatency {
  readonly latency: Latency;
}

export const createLatency = (): Latency => ({
  all: createHistogram(3),
  sumUs: 0,
  second: createHistogram(2),
  secondAt: 0,
  failures: 0,
  past: [],
});

export function resetLatency(latency: Latency): void {
  latency.all.reset();
  latency.sumUs = 0;
  latency.second.reset();
  latency.secondAt = 0;
  latency.failures = 0;
  latency.past.length = 0;
}

/** Records a call that got a reply: when it ended, and how long it took in ms. */
export function addLatency(latency: Latency, at: Instant, ms: number): void {
  turn(latency, at);
  const us = wholeUs(ms);
  latency.all.recordValue(us);
  latency.sumUs += us;
  latency.second.recordValue(us);
}

/** A duration in ms as histograms hold it, in whole µs. No clock makes a call shorter than nothing. */
export const wholeUs = (ms: number): number =>
  ms > 0 ? Math.min(MOST_US, Math.max(1, Math.round(ms * 1000))) : 1;

export function addFailure(latency: Latency, at: Instant): void {
  turn(latency, at);
  latency.failures++;
}

/** Closes the second that is being filled when a later one begins. What comes late from another worker counts for the later. */
function turn(latency: Latency, at: Instant): void {
  const begun = Math.floor(at / 1000) * 1000;
  if (begun <= latency.secondAt) return;
  if (latency.secondAt !== 0) {
    latency.past.push(pointOf(latency));
    if (latency.past.length > SECONDS) latency.past.splice(0, latency.past.length - SECONDS);
  }
  latency.secondAt = begun;
  latency.second.reset();
  latency.failures = 0;
}

function pointOf({ second, secondAt, failures }: Latency): SeriesPoint {
  const count = second.totalCount;
  const percentile = percentileOf(second);
  return {
    at: secondAt,
    count,
    perSecond: count,
    p50Ms: percentile(50),
    p90Ms: percentile(90),
    p99Ms: percentile(99),
    maxMs: second.maxValue / 1000,
    failures,
  };
}

/**
 * Percentiles in ms. A bucket answers with its upper end, which can lie above the largest value that was recorded. The rank is rounded
 * as the HDR implementations in C, Go and Python do; this library rounds up, which for few values is the next one.
 */
const percentileOf =
  (of: Histogram) =>
  (percent: number): number => {
    if (of.totalCount === 0) return 0;
    const rank = Math.max(1, Math.floor((percent / 100) * of.totalCount + 0.5));
    // Half a rank below, so that its rounding up ends at this one whatever digits are lost.
    const value = of.getValueAtPercentile(((rank - 0.5) / of.totalCount) * 100);
    return Math.min(value, of.maxValue) / 1000;
  };

/** The exact figures of all calls since the last reset; null before the first reply. */
export const latencyFigures = ({ latency: { all, sumUs } }: WithLatency): LatencyFigures | null =>
  figuresOf(all, () => sumUs / all.totalCount);

/** The exact figures of measured times in ms; null for none. */
export function figuresOfTimes(timesMs: readonly number[]): LatencyFigures | null {
  const all = createHistogram(3);
  for (const ms of timesMs) all.recordValue(wholeUs(ms));
  return figuresOf(all);
}

/** The exact figures of a histogram; null for an empty one. `meanUs` is asked where it is known better than from the buckets. */
export function figuresOf(all: Histogram, meanUs = (): number => all.mean): LatencyFigures | null {
  if (all.totalCount === 0) return null;
  const percentile = percentileOf(all);
  return {
    count: all.totalCount,
    minMs: all.minNonZeroValue / 1000,
    // From the middles of buckets, which the smallest and the largest value are not: never outside of those.
    meanMs: Math.min(all.maxValue, Math.max(all.minNonZeroValue, meanUs())) / 1000,
    p50Ms: percentile(50),
    p90Ms: percentile(90),
    p99Ms: percentile(99),
    p999Ms: percentile(99.9),
    maxMs: all.maxValue / 1000,
  };
}

/** The last seconds, oldest first, the running one included; a second in which nothing ended is there with no calls. */
export function latencySeries({ latency }: WithLatency, lastSeconds: number): SeriesPoint[] {
  if (latency.secondAt === 0) return [];
  const since = latency.secondAt - (lastSeconds - 1) * 1000;
  const points = [...latency.past, pointOf(latency)];
  const series: SeriesPoint[] = [];
  let at = Math.max(since, points[0]?.at ?? since);
  for (const point of points.filter((one) => one.at >= since)) {
    for (; at < point.at; at += 1000) series.push(quiet(at));
    series.push(point);
    at = point.at + 1000;
  }
  return series;
}

const quiet = (at: Instant): SeriesPoint => ({
  at,
  count: 0,
  perSecond: 0,
  p50Ms: 0,
  p90Ms: 0,
  p99Ms: 0,
  maxMs: 0,
  failures: 0,
});

/** How many calls took how long, in so many buckets of equal width on a logarithmic scale from the least to the most. */
export function latencyBuckets(
  { latency: { all } }: WithLatency,
  buckets: number,
): { fromMs: number; toMs: number; count: number }[] {
  if (all.totalCount === 0) return [];
  const low = all.minNonZeroValue;
  const high = Math.max(all.maxValue, low + 1);
  const ratio = (high / low) ** (1 / buckets);
  const made = Array.from({ length: buckets }, (_, index) => ({
    fromMs: (low * ratio ** index) / 1000,
    toMs: (low * ratio ** (index + 1)) / 1000,
    count: 0,
  }));
  const values = all.recordedValuesIterator;
  values.reset();
  while (values.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = values.next();
    const index = Math.floor(Math.log(valueIteratedTo / low) / Math.log(ratio));
    const bucket = made[Math.min(buckets - 1, Math.max(0, index))];
    if (bucket) bucket.count += countAddedInThisIterationStep;
  }
  return made;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRuns, type LatencyBuckets } from "./compareRuns.ts";
import { seededRandom } from "../base/random.ts";

/** A run of 40 time buckets with 50 calls each; `of` draws a latency in ms. */
function runOf(seed: number, of: (random: () => number, bucket: number) => number): LatencyBuckets {
  const random = seededRandom(seed);
  return Array.from({ length: 40 }, (_, bucket) =>
    Array.from({ length: 50 }, () => [Math.round(of(random, bucket) * 1000), 1]).flat(),
  );
}

const exponential = (meanMs: number) => (random: () => number) => 0.2 - meanMs * Math.log(1 - random());
const compared = (a: LatencyBuckets, b: LatencyBuckets) => compareRuns(a, b, 0.005, seededRandom(1));
const verdicts = (a: LatencyBuckets, b: LatencyBuckets) => compared(a, b).map(({ verdict }) => verdict);

describe("comparing runs", () => {
  it("tells no difference between runs of the same service, but for the few in a hundred that it must err on", () => {
    let told = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const [p50] = verdicts(runOf(seed, exponential(2)), runOf(seed + 1000, exponential(2)));
      if (p50 !== "none") told++;
    }
    expect(told).toBeLessThanOrEqual(6);
  });

  it("tells a difference that is there, its sign and about its size", () => {
    const [p50, p90] = compared(runOf(1, exponential(2)), runOf(2, exponential(4)));
    expect([p50?.verdict, p90?.verdict]).toEqual(["slower", "slower"]);
    // The medians of such times are ln 2 × their means apart.
    expect(p50?.lowMs).toBeLessThan(2 * Math.log(2));
    expect(p50?.highMs).toBeGreaterThan(2 * Math.log(2));
    expect(verdicts(runOf(2, exponential(4)), runOf(1, exponential(2)))[0]).toBe("faster");
  });

  it("is not sure of what comes from one bad time bucket", () => {
    const paused = runOf(2, (random, bucket) => (bucket === 7 ? 300 : exponential(2)(random)));
    expect(verdicts(runOf(1, exponential(2)), paused)[2]).toBe("none");
  });

  it("says nothing about percentiles with too few replies, or with too little time", () => {
    const short: LatencyBuckets = Array.from({ length: 20 }, () => [1000, 3]);
    expect(verdicts(short, short)).toEqual(["none", "none", "tooFew", "tooFew"]);
    const brief: LatencyBuckets = Array.from({ length: 3 }, () => [1000, 5000]);
    expect(verdicts(brief, brief)).toEqual(["tooFew", "tooFew", "tooFew", "tooFew"]);
  });

  it("tells nothing below the clock's step", () => {
    const at = (us: number): LatencyBuckets => Array.from({ length: 20 }, () => [us, 100]);
    expect(compareRuns(at(1000), at(1050), 0.1, seededRandom(1))[0]?.verdict).toBe("none");
    expect(compareRuns(at(1000), at(1150), 0.1, seededRandom(1))[0]?.verdict).toBe("slower");
  });

  it("holds the difference within its interval, and turns around with its runs", () => {
    const run = fc.array(fc.array(fc.integer({ min: 100, max: 5000 }), { minLength: 1, maxLength: 20 }), {
      minLength: 8,
      maxLength: 20,
    });
    const stretchesOf = (times: number[][]): LatencyBuckets =>
      times.map((each) => each.flatMap((us) => [us, 1]));
    fc.assert(
      fc.property(run, run, (a, b) => {
        const there = compared(stretchesOf(a), stretchesOf(b));
        const back = compared(stretchesOf(b), stretchesOf(a));
        for (const [at, { differenceMs, lowMs, highMs }] of there.entries()) {
          if (differenceMs === null) continue;
          expect(lowMs).toBeLessThanOrEqual(differenceMs);
          expect(highMs).toBeGreaterThanOrEqual(differenceMs);
          expect(back[at]?.differenceMs).toBeCloseTo(-differenceMs, 9);
        }
      }),
      { numRuns: 10 },
    );
  });
});

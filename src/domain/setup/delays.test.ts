import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDelay, delayWords, LONGEST_DELAY_MS, sampleDelayMs } from "./delays.ts";
import { seededRandom } from "../base/random.ts";
import type { Delay } from "./setup.ts";

const ms = fc.double({ min: 0, max: LONGEST_DELAY_MS, noNaN: true });
const delay: fc.Arbitrary<Delay> = fc.oneof(
  fc.constant<Delay>({ kind: "none" }),
  ms.map((ms): Delay => ({ kind: "fixed", ms })),
  fc
    .tuple(ms, ms)
    .map(([a, b]): Delay => ({ kind: "uniform", minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
  fc.tuple(ms, ms).map(([meanMs, deviationMs]): Delay => ({ kind: "normal", meanMs, deviationMs })),
  ms.map((meanMs): Delay => ({ kind: "exponential", meanMs })),
);

function drawn(delay: Delay, count = 20_000): number[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () => sampleDelayMs(delay, random));
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe("sampleDelayMs", () => {
  it("is finite and never negative, for any valid delay and the extremes of randomness", () => {
    const random = fc.oneof(
      fc.constantFrom(0, 1 - 2 ** -53),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    fc.assert(
      fc.property(delay, fc.array(random, { minLength: 2, maxLength: 2 }), (given, values) => {
        expect(checkDelay(given)).toBeNull();
        let next = 0;
        const sample = sampleDelayMs(given, () => values[next++] ?? 0);
        expect(sample >= 0 && Number.isFinite(sample)).toBe(true);
        if (given.kind === "fixed") expect(sample).toBe(given.ms);
        if (given.kind === "uniform") expect(sample >= given.minMs && sample <= given.maxMs).toBe(true);
      }),
    );
  });

  it("has the mean and spread that it says", () => {
    expect(mean(drawn({ kind: "uniform", minMs: 10, maxMs: 30 }))).toBeCloseTo(20, 0);
    const normal = drawn({ kind: "normal", meanMs: 100, deviationMs: 10 });
    expect(Math.abs(mean(normal) - 100)).toBeLessThan(0.3);
    expect(Math.abs(deviation(normal) - 10)).toBeLessThan(0.3);
    const exponential = drawn({ kind: "exponential", meanMs: 50 });
    expect(Math.abs(mean(exponential) - 50)).toBeLessThan(1.5);
    expect(Math.abs(deviation(exponential) - 50)).toBeLessThan(2);
  });

  it("cuts a normal distribution off at zero", () => {
    const sample = drawn({ kind: "normal", meanMs: 0, deviationMs: 10 });
    const zeros = sample.filter((value) => value === 0).length / sample.length;
    expect(zeros).toBeCloseTo(0.5, 1);
  });
});

describe("checkDelay", () => {
  it.each<[Delay, RegExp]>([
    [{ kind: "fixed", ms: -1 }, /-1 ms: it cannot be negative/],
    [{ kind: "fixed", ms: NaN }, /not a number/],
    [{ kind: "fixed", ms: 600_001 }, /at most 600000/],
    [{ kind: "uniform", minMs: 50, maxMs: 10 }, /50 ms, is longer than the longest, 10 ms/],
    [{ kind: "uniform", minMs: -5, maxMs: 10 }, /shortest delay is -5 ms/],
    [{ kind: "normal", meanMs: 5, deviationMs: Infinity }, /deviation is not a number/],
    [{ kind: "exponential", meanMs: -2 }, /mean delay is -2 ms/],
  ])("refuses %j in words", (given, words) => {
    expect(checkDelay(given)).toMatch(words);
  });
});

it("says a delay in a few words", () => {
  const words = (
    [
      { kind: "none" },
      { kind: "fixed", ms: 100 },
      { kind: "uniform", minMs: 10, maxMs: 50 },
      { kind: "normal", meanMs: 100, deviationMs: 20 },
      { kind: "exponential", meanMs: 1500 },
    ] satisfies Delay[]
  ).map((given) => delayWords(given));
  expect(words).toEqual([
    "no delay",
    "100 ms",
    "10 ms to 50 ms",
    "about 100 ms ± 20 ms",
    "1.5 s on average, exponential",
  ]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSchedule, plannedRate, plannedTotal } from "./schedules.ts";
import type { LoadShape, OpenPlan } from "../setup/setup.ts";

const perSecond = fc.oneof(
  fc.double({ min: 0.1, max: 20_000, noNaN: true }),
  fc.constantFrom(0.1, 1, 3, 7, 30, 60, 300, 333.3, 1000, 3000, 9999),
);
const ms = fc.double({ min: 1, max: 20_000, noNaN: true });
const shape: fc.Arbitrary<LoadShape> = fc.oneof(
  fc.constantFrom<LoadShape>({ kind: "constant" }, { kind: "poisson" }),
  fc.record({ kind: fc.constant("ramp"), toPerSecond: perSecond }),
  fc.record({ kind: fc.constant("spike"), toPerSecond: perSecond, afterMs: ms, forMs: ms }),
);
const bounds = fc
  .record({
    requests: fc.option(fc.integer({ min: 1, max: 3000 })),
    durationMs: fc.option(fc.double({ min: 1, max: 60_000, noNaN: true })),
  })
  .filter(({ requests, durationMs }) => requests !== null || durationMs !== null);
const plan: fc.Arbitrary<OpenPlan> = fc.record({
  kind: fc.constant("rate"),
  perSecond,
  shape,
  bounds,
});

const open = (perSecond: number, bounds: OpenPlan["bounds"], shape?: LoadShape): OpenPlan => ({
  kind: "rate",
  perSecond,
  bounds,
  ...(shape && { shape }),
});
const forMs = (durationMs: number) => ({ requests: null, durationMs });

/** The planned times, at most so many. */
function timesOf(given: OpenPlan, seed = 1, most = 5000): number[] {
  const schedule = createSchedule(given, seed);
  const times: number[] = [];
  for (; schedule.nextMs < Infinity && times.length < most; schedule.advance()) times.push(schedule.nextMs);
  return times;
}

describe("an open schedule", () => {
  it("plans times that never fall, within its bounds, and as many as it says", () => {
    fc.assert(
      fc.property(plan, fc.integer(), (given, seed) => {
        const times = timesOf(given, seed);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const { requests, durationMs } = given.bounds;
        expect(times.length).toBeLessThanOrEqual(requests ?? Infinity);
        if (durationMs !== null) expect(times.at(-1) ?? 0).toBeLessThan(durationMs);
        if (given.shape?.kind === "poisson" || times.length === 5000) return;
        // Rounding may put a call that falls on the very end on either side of it.
        expect(Math.abs(times.length - plannedTotal(given))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same for the same seed, and asks nothing but plan and seed", () => {
    fc.assert(
      fc.property(plan, fc.integer(), (given, seed) => {
        expect(timesOf(given, seed, 200)).toEqual(timesOf(given, seed, 200));
      }),
      { numRuns: 50 },
    );
    const poisson = open(100, forMs(10_000), { kind: "poisson" });
    expect(timesOf(poisson, 1)).not.toEqual(timesOf(poisson, 2));
  });

  it("ends for good", () => {
    const schedule = createSchedule(open(10, { requests: 2, durationMs: null }), 1);
    for (let n = 0; n < 5; n++) schedule.advance();
    expect(schedule.nextMs).toBe(Infinity);
  });
});

describe("a constant schedule", () => {
  it("plans rate × duration calls, for any rate, the first at the start, without drift", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 5 }), (rate, seconds) => {
        const given = open(rate, forMs(seconds * 1000));
        const times = timesOf(given, 1, Infinity);
        expect(times).toHaveLength(rate * seconds);
        expect(plannedTotal(given)).toBe(rate * seconds);
        const off = times.map((time, index) => Math.abs(time - (index * 1000) / rate));
        expect(Math.max(...off)).toBeLessThan(1e-6);
      }),
      { numRuns: 60 },
    );
    const late = createSchedule(open(20_000, { requests: 2_000_001, durationMs: null }), 1);
    for (let n = 0; n < 2_000_000; n++) late.advance();
    expect(late.nextMs).toBe(100_000);
  });

  it("ends at whichever bound comes first", () => {
    expect(timesOf(open(10, { requests: 25, durationMs: 2000 }))).toHaveLength(20);
    expect(timesOf(open(10, { requests: 15, durationMs: 2000 }))).toHaveLength(15);
  });
});

describe("a Poisson schedule", () => {
  it.each([1, 2, 3, 4, 5])("has exponential gaps of the rate's mean and variance, with seed %i", (seed) => {
    const count = 40_000;
    const times = timesOf(open(200, { requests: count, durationMs: null }, { kind: "poisson" }), seed, count);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / count;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / count;
    // Four standard errors: of the mean 5/√n, of the variance 25·√(8/n).
    expect(Math.abs(mean - 5)).toBeLessThan((4 * 5) / Math.sqrt(count));
    expect(Math.abs(variance - 25)).toBeLessThan(4 * 25 * Math.sqrt(8 / count));
  });

  it("has as much variance as mean in the calls of each tenth of a second", () => {
    const times = timesOf(open(200, forMs(100_000), { kind: "poisson" }), 7, Infinity);
    const counts = Array.from({ length: 1000 }, () => 0);
    for (const time of times) {
      const index = Math.floor(time / 100);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    const mean = times.length / 1000;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 1000;
    expect(mean).toBeGreaterThan(19);
    expect(mean).toBeLessThan(21);
    expect(variance / mean).toBeGreaterThan(0.8);
    expect(variance / mean).toBeLessThan(1.2);
  });
});

describe("a ramp", () => {
  it("integrates to the calls it plans: the mean of its two rates, over its duration", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 800 }),
        fc.integer({ min: 1, max: 800 }),
        fc.integer({ min: 1, max: 6 }),
        (from, to, seconds) => {
          const given = open(from, forMs(seconds * 1000), { kind: "ramp", toPerSecond: to });
          const whole = ((from + to) / 2) * seconds;
          expect(Math.abs(timesOf(given).length - whole)).toBeLessThanOrEqual(1);
          // By half of the time the integral of the first half is planned.
          const half = timesOf(given).filter((time) => time < seconds * 500).length;
          expect(Math.abs(half - ((3 * from + to) / 8) * seconds)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("reaches its last rate with its last call where requests bound it", () => {
    const given = open(10, { requests: 550, durationMs: null }, { kind: "ramp", toPerSecond: 100 });
    const times = timesOf(given);
    expect(times).toHaveLength(550);
    expect(times.at(-1)).toBeGreaterThan(9980);
    expect(times.at(-1)).toBeLessThan(10_000);
    expect(plannedRate(given, 5000)).toBe(55);
  });
});

describe("a spike", () => {
  it("has its rate for its time, and the plan's before and after", () => {
    const given = open(50, forMs(6000), { kind: "spike", toPerSecond: 400, afterMs: 2000, forMs: 1000 });
    const times = timesOf(given);
    const between = (from: number, to: number): number =>
      times.filter((time) => time >= from && time < to).length;
    expect([between(0, 2000), between(2000, 3000), between(3000, 6000)]).toEqual([100, 400, 150]);
    expect([plannedRate(given, 0), plannedRate(given, 2500), plannedRate(given, 3000)]).toEqual([
      50, 400, 50,
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../base/random.ts";
import { isWithin, randomBand, sharesOf } from "./shares.ts";

describe("randomBand", () => {
  it.each([
    [300, 3],
    [100, 2],
    [1000, 10],
    [2000, 50],
  ])("of %d requests over %d members holds about 95 in 100 random counts", (n, k) => {
    const random = seededRandom(11);
    const band = randomBand(n, k);
    let within = 0;
    const rounds = Math.ceil(6000 / k);
    for (let round = 0; round < rounds; round++) {
      const counts = Array.from({ length: k }, () => 0);
      for (let request = 0; request < n; request++) counts[Math.floor(random() * k)]!++;
      within += counts.filter((count) => isWithin(count, band)).length;
    }
    const coverage = within / (rounds * k);
    expect(coverage).toBeGreaterThan(0.93);
    expect(coverage).toBeLessThan(0.98);
  });

  it("is 100 ± 16.3 for 300 over 3", () => {
    const { low, high } = randomBand(300, 3);
    expect(low).toBeCloseTo(83.67, 2);
    expect(high).toBeCloseTo(116.33, 2);
  });

  it("stays within what is possible and around the even share", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e6 }), fc.integer({ min: 1, max: 500 }), (n, k) => {
        const { low, high } = randomBand(n, k);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(n);
        expect(isWithin(n / k, { low, high })).toBe(true);
      }),
    );
  });

  it("leaves a single member no choice, and nothing for nobody", () => {
    expect(randomBand(7, 1)).toEqual({ low: 7, high: 7 });
    expect(randomBand(0, 3)).toEqual({ low: 0, high: 0 });
    expect(randomBand(5, 0)).toEqual({ low: 0, high: 0 });
  });
});

describe("sharesOf", () => {
  it("gives parts of the whole", () => {
    expect(sharesOf([1, 3])).toEqual([0.25, 0.75]);
    expect(sharesOf([0, 0])).toEqual([0, 0]);
    expect(sharesOf([])).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveSeed, seededRandom } from "./random.ts";

const draw = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

describe("seededRandom", () => {
  it("repeats itself for a seed, within 0 ≤ x < 1", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drawn = draw(seed, 20);
        expect(draw(seed, 20)).toEqual(drawn);
        for (const value of drawn) expect(value >= 0 && value < 1).toBe(true);
      }),
    );
  });

  it("keeps to its sequence from version to version, so that a kept setup stays reproducible", () => {
    expect(draw(1, 3)).toMatchInlineSnapshot(`
      [
        0.8742035302992059,
        0.33843440830370153,
        0.8373376498627358,
      ]
    `);
  });

  it("begins evenly spread for neighbouring seeds", () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => draw(seed, 1)[0] ?? NaN);
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    expect(mean).toBeCloseTo(0.5, 1);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of firsts) tenths[Math.floor(value * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 200)).toBeLessThan(60);
  });
});

describe("deriveSeed", () => {
  it("is a whole number of 32 bits that seed and parts decide", () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.nat(), (seed, name, number) => {
        const derived = deriveSeed(seed, name, number);
        expect(Number.isInteger(derived) && derived >= 0 && derived < 2 ** 32).toBe(true);
        expect(deriveSeed(seed, name, number)).toBe(derived);
      }),
    );
  });

  it("differs between names, between seeds and between ways to cut the same letters", () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 100; seed++) {
      for (let peer = 1; peer <= 100; peer++) seeds.add(deriveSeed(seed, `responder-${peer}`));
    }
    expect(seeds.size).toBe(10_000);
    expect(deriveSeed(1, "ab", "c")).not.toBe(deriveSeed(1, "a", "bc"));
    expect(deriveSeed(1, "a", "")).not.toBe(deriveSeed(1, "a"));
  });
});

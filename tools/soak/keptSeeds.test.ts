import fc from "fast-check";
import { expect, test } from "vitest";
import { failedStretch, readKeptSeeds } from "./keptSeeds.ts";

test("what is kept ends with the deed that failed, and is short", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (from, done) => {
      const kept = failedStretch(7, from, done, "the counters do not add up");
      expect(kept.from + kept.deeds).toBe(from + done);
      expect(kept.from).toBeGreaterThanOrEqual(from);
      expect(kept.deeds).toBeLessThanOrEqual(30);
    }),
  );
});

test("a failure before the first deed keeps that deed", () => {
  expect(failedStretch(7, 0, 0, "workers")).toMatchObject({ from: 0, deeds: 1 });
});

test("the seeds that are kept can be read, and each is there once", () => {
  const kept = readKeptSeeds().map(({ seed, from }) => `${seed} from ${from}`);
  expect(new Set(kept).size).toBe(kept.length);
});

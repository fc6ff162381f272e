import fc from "fast-check";
import { expect, test } from "vitest";
import { failedRun, readKeptSeeds } from "./keptSeeds.ts";

test("what is kept ends with the action that failed, and is short", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (from, done) => {
      const kept = failedRun(7, from, done, "the counters do not add up");
      expect(kept.from + kept.actions).toBe(from + done);
      expect(kept.from).toBeGreaterThanOrEqual(from);
      expect(kept.actions).toBeLessThanOrEqual(30);
    }),
  );
});

test("a failure before the first action keeps that action", () => {
  expect(failedRun(7, 0, 0, "workers")).toMatchObject({ from: 0, actions: 1 });
});

test("the seeds that are kept can be read, and each is there once", () => {
  const kept = readKeptSeeds().map(({ seed, from }) => `${seed} from ${from}`);
  expect(new Set(kept).size).toBe(kept.length);
});

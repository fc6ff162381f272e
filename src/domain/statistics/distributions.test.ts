import fc from "fast-check";
import { expect, it } from "vitest";
import { countedIn, countedOver, overlaid, type Counted } from "./distributions.ts";
import { createHistogram } from "./latency.ts";

const counted: fc.Arbitrary<Counted> = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 50 })),
  { minLength: 1, maxLength: 40 },
);

it("puts the whole of both distributions into the same buckets", () => {
  fc.assert(
    fc.property(counted, counted, (a, b) => {
      const buckets = overlaid(a, b, 0.0025, 30);
      expect(buckets).toHaveLength(31);
      expect(buckets.reduce((sum, bucket) => sum + bucket.a, 0)).toBeCloseTo(1, 9);
      expect(buckets.reduce((sum, bucket) => sum + bucket.b, 0)).toBeCloseTo(1, 9);
      expect(buckets.at(-1)).toMatchObject({ a: 0, b: 0 });
    }),
  );
});

it("leaves a distribution of nothing empty", () => {
  expect(overlaid([], [], 0.1, 10)).toEqual([]);
  expect(overlaid([[1000, 2]], [], 0.1, 10).every(({ b }) => b === 0)).toBe(true);
});

it("counts over time buckets and in a histogram alike", () => {
  const histogram = createHistogram(3);
  for (const us of [5, 5, 7, 900]) histogram.recordValue(us);
  expect(countedIn(histogram)).toEqual([
    [5, 2],
    [7, 1],
    [900, 1],
  ]);
  expect(countedOver([[5, 1, 7, 1], [], [5, 1, 900, 1]])).toEqual(countedIn(histogram));
});

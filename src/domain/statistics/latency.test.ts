import fc from "fast-check";
import { expect, test } from "vitest";
import { latencyBuckets, latencyFigures, addLatency, addFailure, latencySeries } from "./latency.ts";
import { createRecord } from "../record/createRecord.ts";

test("figures are those of what was recorded, to three significant figures", () => {
  const record = createRecord({ events: 8, exchanges: 8, textBytes: 64 });
  expect(latencyFigures(record)).toBeNull();
  for (let ms = 1; ms <= 100; ms++) addLatency(record.latency, 1_000_000 + ms, ms);
  const figures = latencyFigures(record);
  expect(figures?.count).toBe(100);
  expect(figures?.p50Ms).toBeCloseTo(50, 1);
  expect(figures?.p90Ms).toBeCloseTo(90, 1);
  expect(figures?.maxMs).toBeCloseTo(100, 0);
});

test("every recorded call is in exactly one bucket", () => {
  const record = createRecord({ events: 8, exchanges: 8, textBytes: 64 });
  for (let call = 0; call < 1000; call++) addLatency(record.latency, 1_000_000, 0.1 * 1.01 ** call);
  const buckets = latencyBuckets(record, 24);
  expect(buckets).toHaveLength(24);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
});

test("the series has a point for each second, those without calls included", () => {
  const record = createRecord({ events: 8, exchanges: 8, textBytes: 64 });
  addLatency(record.latency, 5_000, 1);
  addLatency(record.latency, 5_900, 3);
  addFailure(record.latency, 6_100);
  addLatency(record.latency, 8_000, 2);
  expect(latencySeries(record, 60).map(({ at, count, failures }) => [at, count, failures])).toEqual([
    [5_000, 2, 0],
    [6_000, 0, 1],
    [7_000, 0, 0],
    [8_000, 1, 0],
  ]);
  expect(latencySeries(record, 2).map(({ at }) => at)).toEqual([7_000, 8_000]);
});

test("percentiles and the mean agree with those of the sorted calls, whatever their distribution", () => {
  const times = fc.oneof(
    fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 200, maxLength: 800 }),
    fc
      .array(fc.double({ min: 0.01, max: 3, noNaN: true }), { minLength: 200, maxLength: 800 })
      .map((each) => each.map((ms, index) => (index % 20 === 0 ? ms * 1000 : ms))),
  );
  fc.assert(
    fc.property(times, (calls) => {
      const record = createRecord({ events: 8, exchanges: 8, textBytes: 64 });
      calls.forEach((ms, index) => addLatency(record.latency, 1_000_000 + index, ms));
      const sorted = calls.toSorted((a, b) => a - b);
      // The textbooks' ranks of a percentile: the nearest one, or the one before where there is none exactly.
      const ranked = (percent: number): readonly [number, number] => {
        const rank = (percent * sorted.length) / 100;
        return [sorted[Math.max(0, Math.floor(rank) - 1)] ?? NaN, sorted[Math.ceil(rank) - 1] ?? NaN];
      };
      const figures = latencyFigures(record);
      if (!figures) throw new Error("There are no figures.");
      // To three significant figures, and to a microsecond or two.
      const within = (figure: number, least: number, most: number): void => {
        expect(figure).toBeGreaterThanOrEqual(least - least * 0.002 - 0.002);
        expect(figure).toBeLessThanOrEqual(most + most * 0.002 + 0.002);
      };
      within(figures.p50Ms, ...ranked(50));
      within(figures.p90Ms, ...ranked(90));
      within(figures.maxMs, sorted.at(-1) ?? NaN, sorted.at(-1) ?? NaN);
      const mean = calls.reduce((sum, ms) => sum + ms, 0) / calls.length;
      within(figures.meanMs, mean, mean);
    }),
    { numRuns: 60 },
  );
});

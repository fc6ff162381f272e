import { createHistogram } from "node:perf_hooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSampleWriter, type CallSamples } from "./callSamples.ts";
import type { LatencyFigures } from "../statistics/latency.ts";
import { OUTCOMES, outcomeCode } from "../events/outcomes.ts";
import { rawCsv } from "./runResults.ts";
import { addToRun, createRun, MOST_RAW, packRun, runFigures, type Run } from "./runs.ts";
import type { LoadPlan } from "../setup/setup.ts";
import { pairsOfTimeBuckets } from "../statistics/timeBuckets.ts";

const bounds = { requests: 1_000_000, durationMs: null };
const OPEN: LoadPlan = { kind: "rate", perSecond: 100, bounds, warmUpCalls: 0 };

const runOf = (plan: LoadPlan): Run =>
  createRun({ id: 1, requester: "client-1", purpose: "load", plan, seed: 1, startedAt: 0 });

const progress = { running: false, started: 0, finished: 0, late: 0, skipped: 0, elapsedMs: 0 };

/** Calls 10 ms apart, each late by so much and answered after so much, all in ms. */
function samplesOf(
  calls: readonly { behind: number; took: number; outcome?: number }[],
  first = 0,
): CallSamples | null {
  const writer = createSampleWriter();
  for (const [at, { behind, took, outcome = 0 }] of calls.entries()) {
    const planned = (first + at) * 10;
    writer.add(first + at, planned, planned + behind, planned + behind + took, outcome);
  }
  return writer.take();
}

/** Latencies like real ones: most short, some long. */
const ms = fc.oneof(
  fc.double({ min: 0.02, max: 5, noNaN: true }),
  fc.double({ min: 5, max: 3000, noNaN: true }),
  fc.constantFrom(0.001, 0.02, 1, 2000, 59_999),
);

describe("percentiles of a run", () => {
  it("agree with those that another HDR histogram gives on its exported values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ behind: ms, took: ms }), { minLength: 1, maxLength: 400 }),
        (calls) => {
          const run = runOf(OPEN);
          addToRun(run, progress, samplesOf(calls));
          const { fromPlanned, fromStart } = runFigures(run);
          const rows = rawCsv(run)
            .trim()
            .split("\r\n")
            .slice(1)
            .map((line) => line.split(",").slice(-2).map(Number));
          expectToAgree(
            fromPlanned,
            rows.map(([planned = 0]) => planned),
          );
          expectToAgree(
            fromStart,
            rows.map(([, actual = 0]) => actual),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Node's histogram is HdrHistogram's implementation in C. */
function expectToAgree(figures: LatencyFigures | null, exportedMs: readonly number[]): void {
  const other = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
  for (const each of exportedMs) other.record(Math.round(each * 1000));
  if (!figures) throw new Error("no figures");
  expect(figures.count).toBe(exportedMs.length);
  const pairs = [
    [figures.p50Ms, 50],
    [figures.p90Ms, 90],
    [figures.p99Ms, 99],
    [figures.p999Ms, 99.9],
  ] as const;
  for (const [ours, percent] of pairs) {
    const theirs = other.percentile(percent) / 1000;
    // Both keep three significant figures.
    expect(Math.abs(ours - theirs), `p${percent}: ${ours} and ${theirs}`).toBeLessThanOrEqual(theirs / 500);
  }
}

describe("a run", () => {
  it("measures nothing that warms up, and says how much that was", () => {
    const run = runOf({ ...OPEN, warmUpCalls: 5 });
    addToRun(
      run,
      progress,
      samplesOf(Array.from({ length: 20 }, (_, index) => ({ behind: 0.5, took: index < 5 ? 900 : 1 }))),
    );
    const { fromPlanned, measured } = runFigures(run);
    expect([run.warmedUp, measured, fromPlanned?.count]).toEqual([5, 15, 15]);
    expect(fromPlanned?.maxMs).toBeLessThan(2);
  });

  it("keeps the two starts apart: what was sent late counts from when it was planned", () => {
    const run = runOf(OPEN);
    addToRun(run, progress, samplesOf(Array.from({ length: 100 }, () => ({ behind: 500, took: 2 }))));
    const { fromPlanned, fromStart, behind } = runFigures(run);
    expect(fromPlanned?.p50Ms).toBeCloseTo(502, 0);
    expect(fromStart?.p50Ms).toBeCloseTo(2, 1);
    expect(behind?.p50Ms).toBeCloseTo(500, 0);
  });

  it("has no planned start where nothing was planned", () => {
    const run = runOf({ kind: "concurrency", concurrency: 1, bounds });
    addToRun(run, progress, samplesOf([{ behind: 0, took: 1 }], 200));
    expect(runFigures(run)).toMatchObject({ fromPlanned: null, behind: null, measured: 1 });
  });

  it("counts each outcome, and takes no latency from a call without a reply", () => {
    const run = runOf(OPEN);
    addToRun(
      run,
      progress,
      samplesOf(OUTCOMES.map((outcome) => ({ behind: 0, took: 1, outcome: outcomeCode(outcome) }))),
    );
    expect(runFigures(run)).toMatchObject({ measured: OUTCOMES.length, failed: OUTCOMES.length - 2 });
    expect(runFigures(run).fromStart?.count).toBe(2);
    expect(run.outcomes).toEqual(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 1])));
  });

  it("holds the newest calls one by one, so many, and all of them in its figures", () => {
    const run = runOf(OPEN);
    const half = Array.from({ length: MOST_RAW / 2 + 10 }, () => ({ behind: 0, took: 1 }));
    addToRun(run, progress, samplesOf(half));
    addToRun(run, progress, samplesOf(half, half.length));
    const raw = [...run.raw];
    expect([raw.length, run.raw.dropped]).toEqual([MOST_RAW, 20]);
    expect([raw[0]?.index, raw.at(-1)?.index]).toEqual([20, MOST_RAW + 19]);
    expect(runFigures(run).fromStart?.count).toBe(MOST_RAW + 20);
  });

  it("has the same figures after it was packed, and goes on to count", () => {
    const [packed, plain] = [runOf(OPEN), runOf(OPEN)];
    const some = Array.from({ length: 500 }, (_, index) => ({ behind: index % 7, took: (index % 50) + 1 }));
    for (const run of [packed, plain]) addToRun(run, progress, samplesOf(some));
    packRun(packed);
    expect([packed.raw.length, packed.raw.dropped]).toEqual([0, 500]);
    expect(pairsOfTimeBuckets(packed.timeBuckets)).toEqual(pairsOfTimeBuckets(plain.timeBuckets));
    // Late enough that stretches are put together.
    for (const run of [packed, plain]) addToRun(run, progress, samplesOf(some, 100_000));
    expect(pairsOfTimeBuckets(packed.timeBuckets)).toEqual(pairsOfTimeBuckets(plain.timeBuckets));
    expect(runFigures(packed)).toEqual(runFigures(plain));
  });
});

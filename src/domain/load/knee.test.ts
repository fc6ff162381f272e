import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSampleWriter } from "./callSamples.ts";
import { kneeOf, kneeRates, kneeStep, type KneeStep } from "./knee.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { addToRun, createRun, type Run } from "./runs.ts";

interface Offer {
  readonly perSecond: number;
  /** What a service that takes one call at a time can do. */
  readonly capacity: number;
  readonly late?: number;
  readonly fails?: boolean;
}

/** Two seconds of a constant rate, served by a single line. */
function runOf({ perSecond, capacity, late = 0, fails = false }: Offer): Run {
  const bounds = { requests: null, durationMs: 2000 };
  const run = createRun({
    id: 1,
    requester: "client-1",
    purpose: "knee",
    seed: 1,
    startedAt: 0,
    plan: { kind: "rate", perSecond, bounds, warmUpCalls: 0 },
  });
  const writer = createSampleWriter();
  const count = perSecond * 2;
  let freeMs = 0;
  for (let index = 0; index < count; index++) {
    const planned = (index * 1000) / perSecond;
    freeMs = Math.max(freeMs, planned) + 1000 / capacity;
    writer.add(index, planned, planned, freeMs, fails ? outcomeCode("timedOut") : 0);
  }
  const progress = { running: false, started: count, finished: count, late, skipped: 0, elapsedMs: 2000 };
  addToRun(run, progress, writer.take());
  return run;
}

const FIRST: KneeStep = kneeStep(runOf({ perSecond: 60, capacity: 400 }), 60, null);
const stepOf = (offer: Offer, first: KneeStep | null = FIRST): KneeStep =>
  kneeStep(runOf(offer), offer.perSecond, first);

describe("a step", () => {
  it("that is answered as fast as it asks achieves what it offers", () => {
    const step = stepOf({ perSecond: 200, capacity: 400 });
    expect(step.achieved).toBeCloseTo(200, 0);
    expect(step.saturated).toBeNull();
  });

  it("above the capacity achieves the capacity, and falls behind", () => {
    const step = stepOf({ perSecond: 800, capacity: 400 });
    expect(step.achieved).toBeCloseTo(400, 0);
    expect(step.saturated).toBe("fallsBehind");
  });

  it("whose calls wait long counts as saturated before it falls behind", () => {
    const step = stepOf({ perSecond: 410, capacity: 400 });
    expect(step.saturated).toBe("waits");
  });

  it("of which the page sent much too late says so; a few late calls do not matter", () => {
    expect(stepOf({ perSecond: 100, capacity: 400, late: 100 }).saturated).toBe("pageFallsBehind");
    expect(stepOf({ perSecond: 100, capacity: 400, late: 5 }).saturated).toBeNull();
  });

  it("without a single reply is saturated", () => {
    expect(stepOf({ perSecond: 100, capacity: 400, fails: true })).toMatchObject({
      achieved: null,
      failed: 200,
      saturated: "fallsBehind",
    });
  });

  it("tells no p99 of fewer than a hundred replies", () => {
    expect(stepOf({ perSecond: 40, capacity: 400 }).p99Ms).toBeNull();
  });
});

describe("the knee", () => {
  it("is the last step before the first saturated one", () => {
    const steps = [100, 200, 800, 1600].map((perSecond) => stepOf({ perSecond, capacity: 400 }));
    expect(kneeOf(steps)?.offered).toBe(200);
    expect(kneeOf(steps.slice(0, 2))).toBeNull();
    expect(kneeOf(steps.slice(2))).toBeNull();
  });

  it("is looked for from the first rate to the last, each above the one before", () => {
    const rate = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 2, max: 30 }), (from, more, steps) => {
        const rates = kneeRates({ fromPerSecond: from, toPerSecond: from + more, steps, stepMs: 1000 });
        expect([rates[0], rates.at(-1)]).toEqual([from, from + more]);
        expect(rates).toEqual([...new Set(rates)].sort((a, b) => a - b));
        expect(rates.length).toBeLessThanOrEqual(steps);
      }),
    );
  });
});

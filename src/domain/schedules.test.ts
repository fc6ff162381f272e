import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueBy, plannedEndMs, plannedMs, plannedTotal, type Schedule } from "./schedules.ts";

const perSecond = fc.oneof(
  fc.double({ min: 0.01, max: 20_000, noNaN: true }),
  fc.constantFrom(0.1, 1, 3, 7, 30, 60, 300, 333.3, 1000, 3000, 9999),
);
const schedule: fc.Arbitrary<Schedule> = fc.record({
  perSecond,
  bounds: fc.record({
    requests: fc.option(fc.integer({ min: 1, max: 5000 })),
    durationMs: fc.option(fc.double({ min: 1, max: 60_000, noNaN: true })),
  }),
});
const unbounded = { requests: null, durationMs: null };

describe("an open schedule", () => {
  it("plans times that only grow, without drift", () => {
    fc.assert(
      fc.property(perSecond, fc.nat({ max: 1e7 }), (rate, index) => {
        expect(plannedMs(rate, index + 1)).toBeGreaterThan(plannedMs(rate, index));
      }),
    );
    expect(plannedMs(3, 3 * 3600 * 24)).toBe(24 * 3_600_000);
  });

  it("has due exactly the calls planned so far", () => {
    fc.assert(
      fc.property(schedule, fc.double({ min: 0, max: 60_000, noNaN: true }), (given, elapsedMs) => {
        const due = dueBy(given, elapsedMs);
        const total = plannedTotal(given);
        expect(due).toBeLessThanOrEqual(total);
        if (due > 0) expect(plannedMs(given.perSecond, due - 1)).toBeLessThanOrEqual(elapsedMs);
        if (due < total) expect(plannedMs(given.perSecond, due)).toBeGreaterThan(elapsedMs);
      }),
    );
  });

  it("has due the call whose time has just come", () => {
    fc.assert(
      fc.property(perSecond, fc.nat({ max: 100_000 }), (rate, index) => {
        expect(dueBy({ perSecond: rate, bounds: unbounded }, plannedMs(rate, index))).toBe(index + 1);
      }),
    );
  });

  it("plans rate × duration calls, for any rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 120 }), (rate, seconds) => {
        const bounds = { requests: null, durationMs: seconds * 1000 };
        expect(plannedTotal({ perSecond: rate, bounds })).toBe(rate * seconds);
      }),
    );
  });

  it("ends at whichever bound comes first, with everything started by then", () => {
    expect(plannedTotal({ perSecond: 10, bounds: { requests: 25, durationMs: 2000 } })).toBe(20);
    expect(plannedTotal({ perSecond: 10, bounds: { requests: 15, durationMs: 2000 } })).toBe(15);
    expect(plannedTotal({ perSecond: 10, bounds: unbounded })).toBe(Infinity);
    fc.assert(
      fc.property(schedule, (given) => {
        const end = plannedEndMs(given);
        if (Number.isFinite(end)) expect(dueBy(given, end)).toBe(plannedTotal(given));
      }),
    );
  });

  it("has nothing due before the start and the first call at it", () => {
    const given = { perSecond: 1, bounds: unbounded };
    expect(dueBy(given, -1)).toBe(0);
    expect(dueBy(given, 0)).toBe(1);
  });
});

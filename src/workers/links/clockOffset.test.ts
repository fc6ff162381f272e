import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClockOffset } from "./clockOffset.ts";

describe("the offset of a worker's clock", () => {
  it("is off by no more than half the shortest round trip and what clocks are rounded to", () => {
    const trip = fc.record({
      there: fc.double({ min: 0.01, max: 50, noNaN: true }),
      back: fc.double({ min: 0.01, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.array(trip, { minLength: 1, maxLength: 20 }),
        (truth, trips) => {
          const clock = createClockOffset();
          let now = 1000;
          for (const { there, back } of trips) {
            clock.offer({ askedAt: now, workerAt: now + there - truth, receivedAt: now + there + back });
            now += 1000;
          }
          const shortest = Math.min(...trips.map(({ there, back }) => there + back));
          // Twice: a measurement that may be 0 is taken for 0.
          expect(Math.abs(clock.offsetMs - truth)).toBeLessThanOrEqual(shortest + 0.2 + 1e-6);
        },
      ),
    );
  });

  it("is exactly 0 for two readings of one clock, however the trip is shared out", () => {
    const clock = createClockOffset();
    for (const share of [0, 0.1, 0.5, 0.9, 1]) {
      clock.offer({ askedAt: 100, workerAt: 100 + 4 * share, receivedAt: 104 });
      expect(clock.offsetMs).toBe(0);
    }
  });

  it("follows a clock that drifts, once what was measured before is old", () => {
    const clock = createClockOffset();
    clock.offer({ askedAt: 0, workerAt: 0.5, receivedAt: 1 });
    clock.offer({ askedAt: 50_000, workerAt: 50_101, receivedAt: 50_002 });
    expect(clock.offsetMs).toBe(0);
    clock.offer({ askedAt: 70_000, workerAt: 70_101, receivedAt: 70_002 });
    expect(clock.offsetMs).toBe(-100);
  });
});

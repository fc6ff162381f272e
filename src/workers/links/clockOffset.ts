/** One question and answer across the boundary, all in epoch ms: asked and received on the page's clock. */
export interface ClockSample {
  readonly askedAt: number;
  readonly workerAt: number;
  readonly receivedAt: number;
}

export interface ClockOffset {
  offer(sample: ClockSample): void;
  /** What to add to the worker's times to bring them to the page's clock, in ms. 0 before the first sample. */
  readonly offsetMs: number;
  /** How many samples it rests on. */
  readonly samples: number;
}

/** Clocks drift, so a sample counts for so long only. */
const WINDOW_MS = 60_000;

/** What two readings of a clock may be off by together: browsers round it to 0.1 ms where a page is not isolated. */
const READING_ERROR_MS = 0.2;

/**
 * The difference between a worker's clock and the page's, from the shortest round trip of the last minute: the shorter
 * the trip, the less of it can hide on one side.
 */
export function createClockOffset(): ClockOffset {
  let recent: ClockSample[] = [];
  let samples = 0;
  let offsetMs = 0;
  return {
    offer(sample) {
      samples++;
      recent = recent.filter((older) => older.receivedAt > sample.receivedAt - WINDOW_MS);
      recent.push(sample);
      const best = recent.reduce((a, b) => (tripMs(b) < tripMs(a) ? b : a));
      const measured = best.askedAt + tripMs(best) / 2 - best.workerAt;
      // Pages and workers usually read one clock. A measurement that cannot tell the offset from 0 must not invent one,
      // or it would move events of different workers past each other.
      offsetMs = Math.abs(measured) <= tripMs(best) / 2 + READING_ERROR_MS ? 0 : measured;
    },
    get offsetMs() {
      return offsetMs;
    },
    get samples() {
      return samples;
    },
  };
}

const tripMs = (sample: ClockSample): number => sample.receivedAt - sample.askedAt;

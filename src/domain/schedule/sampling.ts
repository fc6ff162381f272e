/** At most about so many exchanges are drawn at once: more is a blur and costs frames. */
export const MOST_DRAWN = 120;

const STEPS = [1, 2, 4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 40_000, 100_000];

/** Every how many exchanges are drawn where so many would be on screen at once: 1, or a round number that keeps within reason. */
export function everyFor(onScreen: number): number {
  const least = onScreen / MOST_DRAWN;
  return STEPS.find((step) => step >= least) ?? 100_000;
}

/** A choice that stays: the same exchange is drawn or not, however often one asks. */
export const isDrawn = (seq: number, every: number): boolean => seq % every === 0;

/** How long a lower share stays in force before more is drawn again, so that the number on screen does not flicker. */
const HOLD_MS = 1500;
/** Over how long the rate is measured. */
const WINDOW_MS = 1000;

/**
 * Decides how much is drawn, from how many exchanges come and how long one stays on screen. Times in ms, on any clock that
 * only goes forward.
 */
export class Sampler {
  #every = 1;
  #neededAt = 0;
  #arrivals: { at: number; count: number }[] = [];

  /** 1 of how many is drawn at present. */
  get every(): number {
    return this.#every;
  }

  /** `fresh` exchanges came since the last call, and one stays on screen for `staysMs`. Answers as `every` does. */
  take(fresh: number, staysMs: number, now: number): number {
    if (fresh > 0) this.#arrivals.push({ at: now, count: fresh });
    while (this.#arrivals[0] && this.#arrivals[0].at <= now - WINDOW_MS) this.#arrivals.shift();
    const perWindow = this.#arrivals.reduce((sum, { count }) => sum + count, 0);
    // A burst is all on screen at once, however short each stays.
    const wanted = everyFor(perWindow * Math.max(1, staysMs / WINDOW_MS));
    if (wanted >= this.#every) {
      this.#every = wanted;
      this.#neededAt = now;
    } else if (now - this.#neededAt >= HOLD_MS) {
      this.#every = wanted;
      this.#neededAt = now;
    }
    return this.#every;
  }
}

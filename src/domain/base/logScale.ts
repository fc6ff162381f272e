/** An axis on which each decade is as long as the next. */
export interface LogScale {
  readonly low: number;
  readonly high: number;
  /** From `low` to `high`, ascending. */
  readonly ticks: readonly number[];
}

/**
 * A logarithmic axis for values from `min` to `max`, both above 0, ended by whole steps of 1, 2, 5, 10 … so that it stays
 * put while values move. At most `most` ticks.
 */
export function logScale(min: number, max: number, most = 6): LogScale {
  let from = Math.floor(Math.log10(min)) * 3 - 1; // log10 may round up
  while (stepAt(from + 1) <= min) from++;
  let to = from + 1;
  while (stepAt(to) < max) to++;
  const low = stepAt(from);
  const high = stepAt(to);
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return { low, high, ticks: named(all, most).map(stepAt) };
}

/** Every step where there is room; else the decades; where those are too few to read by, every second step. */
function named(steps: readonly number[], most: number): readonly number[] {
  if (steps.length <= most) return steps;
  const decades = steps.filter((step) => step % 3 === 0);
  const fewer = decades.length >= 3 ? decades : steps.filter((_, index) => index % 2 === 0);
  const every = Math.ceil(fewer.length / most);
  return fewer.filter((_, index) => index % every === 0);
}

/** The steps 1, 2, 5, 10, 20, 50 … by number; 0 is 1. */
function stepAt(step: number): number {
  const decade = Math.floor(step / 3);
  const of = [1, 2, 5][step - decade * 3] ?? 1;
  return Number(`${of}e${decade}`); // written, not multiplied: 2 × 10⁻³ would not be 0.002
}

/** An axis on which each decade is as long as the next. */
export interface LogScale {
  readonly low: number;
  readonly high: number;
  /** From `low` to `high`, both included, ascending. */
  readonly ticks: readonly number[];
}

/**
 * A logarithmic axis for values from `min` to `max`, both above 0, ended by whole steps of 1, 2, 5, 10 … so that it stays
 * put while values move. At most `most` ticks where that can be done with 1-2-5 steps or whole decades.
 */
export function logScale(min: number, max: number, most = 6): LogScale {
  let from = Math.floor(Math.log10(min)) * 3 - 1; // log10 may round up
  while (stepAt(from + 1) <= min) from++;
  let to = from + 1;
  while (stepAt(to) < max) to++;
  const low = stepAt(from);
  const high = stepAt(to);
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const steps = all.length <= most ? all : all.filter((step) => step % 3 === 0);
  const every = Math.ceil(steps.length / most);
  const ticks = steps.filter((_, index) => index % every === 0).map(stepAt);
  return { low, high, ticks: [...new Set([low, ...ticks, high])].filter(apart) };

  /** Ends are always named; a decade too near to an end gives way. */
  function apart(tick: number): boolean {
    if (all.length <= most || tick === low || tick === high) return true;
    return tick / low >= 5 && high / tick >= 5;
  }
}

/** The steps 1, 2, 5, 10, 20, 50 … by number; 0 is 1. */
function stepAt(step: number): number {
  const decade = Math.floor(step / 3);
  const of = [1, 2, 5][step - decade * 3] ?? 1;
  return Number(`${of}e${decade}`); // written, not multiplied: 2 × 10⁻³ would not be 0.002
}

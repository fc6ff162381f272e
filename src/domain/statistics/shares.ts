/** How requests spread over the members of a queue group, and how they would by chance alone. */

export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * The counts that are normal for one of `k` members that a server chooses among uniformly at random, `n` times: two
 * standard deviations around n/k, within 0 and n. About one count in twenty lies outside by chance. Not rounded.
 */
export function randomBand(n: number, k: number): Band {
  if (n <= 0 || k <= 0) return { low: 0, high: 0 };
  const expected = n / k;
  const reach = 2 * Math.sqrt(expected * (1 - 1 / k));
  return { low: Math.max(0, expected - reach), high: Math.min(n, expected + reach) };
}

export const isWithin = (count: number, band: Band): boolean => count >= band.low && count <= band.high;

/** Which part of the whole each count is, 0 to 1; all 0 when there is nothing. */
export function sharesOf(counts: readonly number[]): number[] {
  const whole = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (whole === 0 ? 0 : count / whole));
}

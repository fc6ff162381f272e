const FIRST_MS = 100;
const LONGEST_MS = 2000;

/**
 * How long to wait before trying to connect again, in ms: twice as long each time, up to two seconds. `attempt` counts from 1.
 * `random` gives 0 ≤ x < 1 and spreads many clients that lost one server over the second half of each wait.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return longest * (0.5 + random() / 2);
}

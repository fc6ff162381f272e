import { formatMs } from "../base/formats.ts";
import type { Delay } from "./setup.ts";

/** Simulated work: how long one request takes, drawn from a distribution. */

/** Ten minutes: more is a typing error, and longer than any timeout here. */
export const LONGEST_DELAY_MS = 600_000;

/**
 * One draw, in ms, never negative. A normal distribution that reaches below zero is cut off there: such draws are 0.
 * Takes at most two numbers 0 ≤ x < 1 from `random`.
 */
export function sampleDelayMs(delay: Delay, random: () => number): number {
  switch (delay.kind) {
    case "none":
      return 0;
    case "fixed":
      return delay.ms;
    case "uniform":
      return delay.minMs + random() * (delay.maxMs - delay.minMs);
    case "normal":
      return Math.max(0, delay.meanMs + delay.deviationMs * standardNormal(random));
    case "exponential":
      return -delay.meanMs * Math.log(1 - random());
  }
}

/** Box and Muller's transform; 1 − x keeps the logarithm's argument above 0. */
function standardNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** What is wrong with a delay, in words; null when nothing is. */
export function checkDelay(delay: Delay): string | null {
  switch (delay.kind) {
    case "none":
      return null;
    case "fixed":
      return checkMs("The delay", delay.ms);
    case "uniform": {
      const wrong = checkMs("The shortest delay", delay.minMs) ?? checkMs("The longest delay", delay.maxMs);
      if (wrong !== null) return wrong;
      if (delay.minMs > delay.maxMs) {
        return `The shortest delay, ${formatMs(delay.minMs)}, is longer than the longest, ${formatMs(delay.maxMs)}: swap them.`;
      }
      return null;
    }
    case "normal":
      return checkMs("The mean delay", delay.meanMs) ?? checkMs("The deviation", delay.deviationMs);
    case "exponential":
      return checkMs("The mean delay", delay.meanMs);
  }
}

function checkMs(what: string, ms: number): string | null {
  if (!Number.isFinite(ms)) return `${what} is not a number: give milliseconds, such as 100.`;
  if (ms < 0) return `${what} is ${ms} ms: it cannot be negative. Give 0 or more.`;
  if (ms > LONGEST_DELAY_MS) return `${what} is ${ms} ms: give at most ${LONGEST_DELAY_MS} (ten minutes).`;
  return null;
}

/** A delay in a few words, as forms and lists show it. */
export function delayWords(delay: Delay): string {
  switch (delay.kind) {
    case "none":
      return "no delay";
    case "fixed":
      return formatMs(delay.ms);
    case "uniform":
      return `${formatMs(delay.minMs)} to ${formatMs(delay.maxMs)}`;
    case "normal":
      return `about ${formatMs(delay.meanMs)} ± ${formatMs(delay.deviationMs)}`;
    case "exponential":
      return `${formatMs(delay.meanMs)} on average, exponential`;
  }
}

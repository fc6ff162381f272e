import { clockStep } from "../../domain/base/clockStep.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** Now, in epoch milliseconds with a fraction, on the clock that every recorded event is brought to. */
export const pageNow = (): Instant => performance.timeOrigin + performance.now();

let step: number | null = null;

/**
 * The smallest step of the page's clock in ms, measured once, in whole µs. Browsers promise 5 µs where the page is cross-origin
 * isolated and 100 µs elsewhere; some give less. What is measured finer than the promise is chance.
 */
export function clockStepMs(): number {
  if (step === null) {
    const promised = globalThis.crossOriginIsolated ? 0.005 : 0.1;
    const measured = clockStep(() => performance.now());
    step = Math.round(Math.max(promised, Number.isFinite(measured) ? measured : promised) * 1000) / 1000;
  }
  return step;
}

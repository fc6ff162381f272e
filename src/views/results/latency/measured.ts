import { formatMs, NOTHING } from "../../../domain/base/formats.ts";

/** A measured duration with no digit beyond what the clock can tell, and always as many of them, so that columns stand. */
export function formatMeasured(ms: number, stepMs: number): string {
  if (!Number.isFinite(ms)) return NOTHING;
  const digits = Math.max(0, Math.floor(-Math.log10(stepMs) + 1e-9));
  const least = 10 ** -digits;
  if (ms < least / 2) return `< ${least} ms`;
  if (ms < 100) return `${ms.toFixed(ms < 10 ? digits : 1)} ms`;
  return formatMs(ms);
}

/** The clock's step in words. */
export const formatClockStep = (stepMs: number): string =>
  stepMs < 0.1 ? `${(stepMs * 1000).toFixed(0)} µs` : `${stepMs} ms`;

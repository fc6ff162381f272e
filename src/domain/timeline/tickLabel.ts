/**
 * A time on an axis whose ticks stand `stepMs` apart, in ms: with as many digits as the step has, so that no two ticks read the same.
 */
export function tickLabel(ms: number, stepMs: number): string {
  const inSeconds = stepMs >= 100 || Math.abs(ms) >= 1000;
  const unit = inSeconds ? 1000 : 1;
  // Steps are round: what their logarithm has too much comes of their being no exact fractions.
  const digits = Math.max(0, Math.ceil(-Math.log10(stepMs / unit) - 1e-9));
  const text = (ms / unit).toFixed(Math.min(12, digits));
  // Of a little less than nothing, no minus is left.
  return `${Number(text) === 0 ? text.replace("-", "") : text} ${inSeconds ? "s" : "ms"}`;
}

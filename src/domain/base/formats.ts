/** Numbers as people read them on the screen. The same everywhere, whatever the browser's language: this is an instrument. */

/** What stands where there is no number. */
export const NOTHING = "–";

/** Digits after the point of a ms: what is measured finer than the clock's step is chance. */
let finestDigits = 2;

/** Says how fine the clock is by which durations are measured: none is written finer from now on, nor finer than 0.01 ms. */
export function writeNoFinerThan(stepMs: number): void {
  finestDigits = Math.min(2, Math.max(0, Math.floor(-Math.log10(stepMs) + 1e-9)));
}

/** A duration given in ms, with as many digits as it deserves: `0.42 ms`, `12.3 ms`, `340 ms`, `2.5 s`, `1 min 05 s`. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return NOTHING;
  if (ms < 0) return `−${formatMs(-ms)}`;
  if (ms < 9.995) return `${trimZeros(ms.toFixed(finestDigits))} ms`;
  if (ms < 99.95) return `${trimZeros(ms.toFixed(Math.min(1, finestDigits)))} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 9_995) return `${trimZeros((ms / 1000).toFixed(2))} s`;
  if (ms < 59_950) return `${trimZeros((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${formatCount(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
}

/** A whole number with its thousands grouped: `12,345`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return NOTHING;
  const digits = Math.abs(Math.round(count))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
  return count < 0 && digits !== "0" ? `−${digits}` : digits;
}

/** A count for where there is little room, exact below 10,000 and never more than it is: `9,999`, `12.3k`, `123k`, `4.56M`. */
export function formatCompact(count: number): string {
  if (!Number.isFinite(count) || Math.abs(count) < 10_000) return formatCount(count);
  const [unit, letter] = Math.abs(count) < 1e6 ? ([1e3, "k"] as const) : ([1e6, "M"] as const);
  const inUnits = count / unit;
  const digits = Math.max(0, 3 - Math.trunc(Math.abs(inUnits)).toString().length);
  const finest = 10 ** digits;
  return `${formatNumber(Math.trunc(inUnits * finest) / finest, digits)}${letter}`;
}

/** A number with at most `digits` after the point, thousands grouped: `1,234.5`. */
export function formatNumber(value: number, digits = 1): string {
  if (!Number.isFinite(value)) return NOTHING;
  const [whole = "0", fraction = ""] = trimZeros(Math.abs(value).toFixed(digits)).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === "" ? "" : `.${fraction}`);
  return value < 0 && text !== "0" ? `−${text}` : text;
}

/** `1 call`, `12,345 calls`. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Calls a second: `3.2/s`, `1,250/s`. */
export function formatPerSecond(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return NOTHING;
  return `${Math.abs(perSecond) < 99.95 ? formatNumber(perSecond, 1) : formatCount(perSecond)}/s`;
}

/** A size in bytes, in steps of 1,024: `512 B`, `1.5 KiB`, `24 MiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NOTHING;
  if (Math.abs(bytes) < 1024) return `${formatCount(bytes)} B`;
  let value = bytes;
  let unit = "B";
  for (const larger of ["KiB", "MiB", "GiB", "TiB"]) {
    // 1023.95 would be written 1024.0: it belongs to the next unit.
    if (Math.abs(value) < (unit === "B" ? 1024 : 1023.95)) break;
    value /= 1024;
    unit = larger;
  }
  return `${formatNumber(value, 1)} ${unit}`;
}

/** A share, 0 to 1, as a percentage. Something is never shown as 0 %, and not quite all never as 100 %. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return "< 0.1 %";
  if (percent > 99.95 && percent < 100) return "> 99.9 %";
  return `${formatNumber(percent, 1)} %`;
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A text of `most` characters at most: what is too much is left out in the middle. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.max(1, Math.floor((most - 3) / 2));
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}

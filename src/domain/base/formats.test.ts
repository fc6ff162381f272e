import { expect, it } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatCounted,
  formatMs,
  formatNumber,
  formatPerSecond,
  formatShare,
  writeNoFinerThan,
} from "./formats.ts";

it.each([
  [0, "0 ms"],
  [0.42, "0.42 ms"],
  [1, "1 ms"],
  [9.99, "9.99 ms"],
  [9.996, "10 ms"],
  [12.34, "12.3 ms"],
  [99.96, "100 ms"],
  [340.4, "340 ms"],
  [999.6, "1 s"],
  [2500, "2.5 s"],
  [59_960, "1 min 00 s"],
  [65_000, "1 min 05 s"],
  [3_599_600, "1 h 00 min"],
  [5_400_000, "1 h 30 min"],
  [-5, "−5 ms"],
  [NaN, "–"],
  [Infinity, "–"],
])("%d ms is written %s", (ms, text) => expect(formatMs(ms)).toBe(text));

it("writes no duration finer than the clock tells it", () => {
  const written = (stepMs: number): string[] => {
    writeNoFinerThan(stepMs);
    return [0.42, 5.55, 12.34, 340.4].map(formatMs);
  };
  try {
    expect(written(0.1)).toEqual(["0.4 ms", "5.5 ms", "12.3 ms", "340 ms"]);
    expect(written(1)).toEqual(["0 ms", "6 ms", "12 ms", "340 ms"]);
    expect(written(20)).toEqual(["0 ms", "6 ms", "12 ms", "340 ms"]);
  } finally {
    expect(written(0.005)).toEqual(["0.42 ms", "5.55 ms", "12.3 ms", "340 ms"]);
  }
});

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
  [-1234, "−1,234"],
  [NaN, "–"],
])("the count %d is written %s", (count, text) => expect(formatCount(count)).toBe(text));

it.each([
  [0, "0"],
  [9999, "9,999"],
  [10_000, "10k"],
  [12_399, "12.3k"],
  [99_999, "99.9k"],
  [123_999, "123k"],
  [999_999, "999k"],
  [4_567_000, "4.56M"],
  [1_234_567_890, "1,234M"],
  [-12_399, "−12.3k"],
  [NaN, "–"],
])("where there is little room the count %d is written %s", (count, text) =>
  expect(formatCompact(count)).toBe(text),
);

it.each([
  [1234.56, "1,234.6"],
  [0.04, "0"],
  [-0.04, "0"],
  [-2.5, "−2.5"],
])("the number %d is written %s", (value, text) => expect(formatNumber(value)).toBe(text));

it.each([
  [0, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [1024 * 1024 - 1, "1 MiB"],
  [24 * 1024 * 1024, "24 MiB"],
  [5 * 2 ** 50, "5,120 TiB"],
  [-2048, "−2 KiB"],
])("%d bytes are written %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, "0 %"],
  [0.0001, "< 0.1 %"],
  [1 / 3, "33.3 %"],
  [0.99999, "> 99.9 %"],
  [1, "100 %"],
  [NaN, "–"],
])("the share %d is written %s", (share, text) => expect(formatShare(share)).toBe(text));

it.each([
  [3.24, "3.2/s"],
  [1250.4, "1,250/s"],
  [Infinity, "–"],
])("%d a second is written %s", (rate, text) => expect(formatPerSecond(rate)).toBe(text));

it("counts in words", () => {
  expect(formatCounted(1, "call")).toBe("1 call");
  expect(formatCounted(0, "call")).toBe("0 calls");
  expect(formatCounted(1200, "reply", "replies")).toBe("1,200 replies");
});

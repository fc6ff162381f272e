import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount } from "./formats.ts";
import { readNumber, writeNumber } from "./readNumber.ts";

const value = (text: string): number | string => {
  const read = readNumber(text);
  return read.ok ? read.value : read.problem;
};

test("what the page writes is read, and what a form shows is read as the same", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (count) => {
      expect(value(formatCount(count))).toBe(count);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (number) => {
      if (Math.abs(number) < 1e-6 && number !== 0) return;
      expect(value(writeNumber(number))).toBe(number === 0 ? 0 : number);
    }),
  );
  for (let thousandths = 0; thousandths < 20_000; thousandths++)
    expect(value(writeNumber(thousandths / 1000))).toBe(thousandths / 1000);
});

test.each([
  ["1,000", 1000],
  ["1 000", 1000],
  ["1\u00a0000\u202f000", 1_000_000],
  ["12,345.5", 12_345.5],
  [" 250 ", 250],
  ["0.125", 0.125],
  [".5", 0.5],
  ["−3", -3],
  ["+3", 3],
  ["1.5", 1.5],
  ["1.0000", 1],
  ["1.000", "The decimal sign is a point: write 1, or 1,000."],
  ["1.250", "The decimal sign is a point: write 1.25, or 1,250."],
  ["1.234", "The decimal sign is a point: write 1.2340, or 1,234."],
  ["1,5", "The decimal sign is a point: write 1.5."],
  ["0,25", "The decimal sign is a point: write 0.25."],
  ["1.000.000", "Between thousands stands a comma: write 1,000,000."],
  ["1'000", "Between thousands stands a comma: write 1,000."],
  ["0x10", "Write it with decimal digits: 16."],
  ["1e3", "Write it with decimal digits: 1,000."],
  ["Infinity", "Infinity is no number."],
  ["12,34,567", "12,34,567 is no number."],
  ["ten", "ten is no number."],
  ["-", "- is no number."],
  ["", ""],
])("%j is read as %j", (text, expected) => {
  expect(value(text)).toBe(expected);
});

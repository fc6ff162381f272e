import fc from "fast-check";
import { expect, test } from "vitest";
import { readBytes, writeBytes } from "./payloadBytes.ts";

const list = (format: "hex" | "base64", text: string): number[] | string => {
  const read = readBytes(format, text);
  return read.ok ? [...read.bytes] : `${read.at}: ${read.problem}`;
};

test("bytes that are written are read again, and as the platform writes and reads them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const format of ["hex", "base64"] as const)
        expect(list(format, writeBytes(format, bytes))).toEqual([...bytes]);
      expect(writeBytes("base64", bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(list("base64", Buffer.from(bytes).toString("base64url"))).toEqual([...bytes]);
      expect(list("hex", Buffer.from(bytes).toString("hex"))).toEqual([...bytes]);
    }),
  );
});

test("any text is read, or its first fault is named with its place", () => {
  fc.assert(
    fc.property(fc.constantFrom("hex", "base64"), fc.string({ unit: "binary" }), (format, text) => {
      const read = readBytes(format, text);
      if (read.ok) return;
      expect(read.problem).not.toBe("");
      expect(read.at).toBeGreaterThanOrEqual(0);
      expect(read.at).toBeLessThanOrEqual(text.length);
    }),
  );
});

test.each([
  ["ef bb bf\n41 FF 00 80", [0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80]],
  ["0xef, 0xBB", [0xef, 0xbb]],
  ["\\xef\\xbb", [0xef, 0xbb]],
  ["de:ad", [0xde, 0xad]],
  ["", []],
  ["ef b", "3: A byte has two digits, such as 0b: this one has one."],
  ["ef zz", "3: “z” is no hexadecimal digit: use 0–9 and a–f."],
])("hex %j", (text, expected) => {
  expect(list("hex", text)).toEqual(expected);
});

test.each([
  ["77u/Qf8AgA==", [0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80]],
  ["77u_Qf8A\ngA", [0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80]],
  ["", []],
  ["77u/Q", "5: It ends within a byte: a character is missing."],
  ["77u*", "3: “*” is not of Base64: use A–Z, a–z, 0–9, + and /."],
  ["7=u/", "1: = stands at the end alone, after two or three others."],
  ["77==77", "4: After = comes no more."],
])("Base64 %j", (text, expected) => {
  expect(list("base64", text)).toEqual(expected);
});

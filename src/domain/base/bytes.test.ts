import fc from "fast-check";
import { expect, test } from "vitest";
import { findIgnoringCase, hexDump } from "./bytes.ts";
import { encodeUtf8 } from "./utf8.ts";

test("finds what a search in the text finds, whatever the case of ASCII letters", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "é", "[", "{"), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (whole, part) => {
      const needle = part.toLowerCase();
      expect(findIgnoringCase(encodeUtf8(whole), encodeUtf8(needle))).toBe(
        whole.toLowerCase().includes(needle),
      );
    }),
  );
});

test("shows where each line begins, its bytes, and what can be read of them", () => {
  expect(hexDump(encodeUtf8('{"id":"é"}\r\n')).split("\n")).toEqual([
    '0000  7b 22 69 64 22 3a 22 c3  {"id":".',
    '0008  a9 22 7d 0d 0a           ."}..',
  ]);
  expect(hexDump(new Uint8Array(0))).toBe("");
});

test("the bytes can be read back from it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const lines = hexDump(bytes).split("\n").filter(Boolean);
      const back = lines.flatMap((line) => line.slice(6, 29).trim().split(" "));
      expect(back.map((hex) => Number.parseInt(hex, 16))).toEqual([...bytes]);
    }),
  );
});

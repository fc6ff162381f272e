import fc from "fast-check";
import { expect, test } from "vitest";
import { findIgnoringCase } from "./findBytes.ts";
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

import fc from "fast-check";
import { expect, test } from "vitest";
import { keepLineEnds } from "./lineEnds.ts";

const inField = (text: string): string => text.replaceAll(/\r\n?/g, "\n");

test("typing changes no line end that was there, and what a field shows is what was typed", () => {
  const text = fc.array(fc.constantFrom("a", "b", "\r\n", "\n", "\r", ""), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (parts, typed) => {
      const before = parts.join("");
      expect(keepLineEnds(before, inField(before))).toBe(before);
      const after = inField(typed.join(""));
      expect(inField(keepLineEnds(before, after))).toBe(after);
    }),
  );
});

test.each([
  ["a\r\nb\r\nc", "a\nbx\nc", "a\r\nbx\r\nc"],
  ["a\r\nb", "a\nnew\nb", "a\r\nnew\r\nb"],
  ["a\r\nb\nc", "a\nb\ncx", "a\r\nb\ncx"],
  ["a\r\nb\nc", "xa\nb\nc", "xa\r\nb\nc"],
  ["a\nb", "a\nb\nc", "a\nb\nc"],
  ["a\r\nb", "", ""],
  ["a\rb\nc", "a\n\nc", "a\n\nc"],
])("%j in which %j is written becomes %j", (before, after, expected) => {
  expect(keepLineEnds(before, after)).toBe(expected);
});

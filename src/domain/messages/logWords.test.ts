import fc from "fast-check";
import { expect, test } from "vitest";
import { logWords } from "./logWords.ts";

const again = new Function(`return (${logWords})`)() as typeof logWords; // the same function, from its text

test.each<[unknown, string]>([
  ["as it is", "as it is"],
  [undefined, "undefined"],
  [12, "12"],
  [10n ** 20n, '"100000000000000000000n"'],
  [{ a: [1, null] }, '{"a":[1,null]}'],
  [new TypeError("no"), "TypeError: no"],
  [{ problem: new TypeError("no") }, '{"problem":"TypeError: no"}'],
  [Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80), "<7 bytes: ef bb bf 41 ff 00 80>"],
  [Uint8Array.of(1, 2, 3).subarray(1, 2), "<1 byte: 02>"],
  [Uint8Array.of(1, 2).buffer, "<2 bytes: 01 02>"],
  [new Uint8Array(0), "<0 bytes>"],
  [new Uint8Array(900_000), `<900000 bytes: ${"00 ".repeat(64)}…>`],
  [{ data: Uint8Array.of(0xfe) }, '{"data":"<1 byte: fe>"}'],
  [new Map([["a", 1]]), '[["a",1]]'],
  [{ tags: new Set([1]) }, '{"tags":[1]}'],
  [Object.create(null), "{}"],
])("%o: %s", (value, words) => {
  expect(logWords(value)).toBe(words);
  expect(again(value)).toBe(words);
});

test("anything has words, and what JSON can hold is JSON", () => {
  const around: unknown[] = [];
  around.push(around);
  const hostile = {
    toJSON: () => {
      throw new Error("no");
    },
    toString: () => {
      throw new Error("no");
    },
  };
  for (const value of [around, hostile]) expect(typeof logWords(value)).toBe("string");
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(logWords(value)).toBe(typeof value === "string" ? value : JSON.stringify(value));
    }),
  );
});

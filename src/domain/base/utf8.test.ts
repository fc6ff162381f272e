import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

it("decodes any bytes as TextDecoder does", () => {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  // Bytes near the borders of UTF-8's ranges, so that malformed sequences come up often.
  const byte = fc.oneof(
    fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    ),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (values) => {
      const bytes = Uint8Array.from(values);
      expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 3000 },
  );
});

it("encodes any text as TextEncoder does", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("", "\ud800", "\udc00x"),
      (text, odd) => {
        expect(encodeUtf8(text + odd)).toEqual(new TextEncoder().encode(text + odd));
      },
    ),
  );
});

it("decodes part of a buffer", () => {
  expect(decodeUtf8(encodeUtf8("<é>"), 1, 3)).toBe("é");
});

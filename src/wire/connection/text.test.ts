import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeText, encodeText } from "./text.ts";

const text = fc.oneof(fc.string({ maxLength: 600 }), fc.string({ unit: "binary", maxLength: 600 }));

it("codes every text as the platform does", () => {
  fc.assert(
    fc.property(text, (given) => {
      const bytes = new TextEncoder().encode(given);
      expect(encodeText(given)).toEqual(bytes);
      expect(decodeText(bytes)).toBe(new TextDecoder().decode(bytes));
    }),
  );
});

it("decodes whatever bytes there are as the platform does", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(decodeText(bytes)).toBe(new TextDecoder().decode(bytes));
    }),
  );
});

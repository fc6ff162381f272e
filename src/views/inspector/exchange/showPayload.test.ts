import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { showPayload } from "./showPayload.ts";

const of = (text: string, size?: number) => {
  const bytes = new TextEncoder().encode(text);
  return showPayload({ bytes, size: size ?? bytes.length, headers: new Uint8Array() });
};

describe("showPayload", () => {
  test("lays JSON out as JSON.stringify would, and the value stays", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat({ max: 3 }), (value, indent) => {
        const written = JSON.stringify(value, null, indent);
        expect(of(written)).toEqual({ kind: "JSON", text: JSON.stringify(JSON.parse(written), null, 2) });
      }),
    );
  });

  test("shows what is nested too deep, or would become too long, as the text that it is, at once", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(of(nested(100)).kind).toBe("JSON");
    for (const depth of [101, 3000, 17_000, 100_000]) {
      const text = `{"a":${nested(depth)}}`;
      expect(of(text)).toEqual({ kind: "text", text });
    }
    const wide = "[".repeat(90) + "1,".repeat(20_000) + "1" + "]".repeat(90);
    expect(of(wide)).toEqual({ kind: "text", text: wide });
  });

  test("keeps numbers as they crossed the wire", () => {
    expect(of('{"id":12345678901234567890,"p":1.0}').text).toBe(
      '{\n  "id": 12345678901234567890,\n  "p": 1.0\n}',
    );
  });

  test("shows other text as it is", () => {
    expect(of("<b>hello</b> { not JSON")).toEqual({ kind: "text", text: "<b>hello</b> { not JSON" });
  });

  test("does not take a cut payload for JSON, and leaves half a character out", () => {
    const whole = new TextEncoder().encode('"zwölf"');
    const bytes = whole.slice(0, 4);
    expect(showPayload({ bytes, size: whole.length, headers: new Uint8Array() })).toEqual({
      kind: "text",
      text: '"zw',
    });
  });

  test("shows what is not text as bytes", () => {
    const bytes = Uint8Array.from([0xff, 0x00, 0x10]);
    expect(showPayload({ bytes, size: 3, headers: new Uint8Array() })).toEqual({
      kind: "bytes",
      text: "ff 00 10",
    });
  });
});

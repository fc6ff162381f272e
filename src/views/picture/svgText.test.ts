import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeXml, tag } from "./svgText.ts";

test("whatever a text holds, it stays text and one attribute stays one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"]/);
      expect(escaped.replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
      expect(escaped).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }),
  );
});

test("writes elements, leaving out attributes that are not there", () => {
  expect(tag("text", { x: 1.005, class: null, fill: 'a"b' }, escapeXml("1 < 2"))).toBe(
    '<text x="1" fill="a&quot;b">1 &lt; 2</text>',
  );
});

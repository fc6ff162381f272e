import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../base/random.ts";
import { checkPayload, compilePayload, compileTemplate, PLACEHOLDERS, renderTemplate } from "./templates.ts";

const half = (): number => 0.5;

describe("renderTemplate", () => {
  it.each([
    ['{ "user_id": {{n}} }', '{ "user_id": 7 }'],
    ["{{ N }}-{{n}}", "7-7"],
    ["{{random}}", "500000"],
    ["{{random 1 1000}}", "501"],
    ["{{random -3 3}}", "0"],
    ["no placeholder", "no placeholder"],
    ["{{name}} {{}} {n} {{n", "{{name}} {{}} {n} {{n"],
    ["{{random 5}}", "{{random 5}}"],
    ["{{'n'}} is {{n}}, {{ 'random 1 5' }} varies", "{{n}} is 7, {{random 1 5}} varies"],
    ["{{'n'}}", "{{n}}"],
    ['{"a":{"b":{{n}}}}', '{"a":{"b":7}}'],
  ])("%s becomes %s", (template, text) => {
    expect(renderTemplate(template, 7, half)).toBe(text);
  });

  it("draws whole numbers evenly, both ends included", () => {
    const random = seededRandom(3);
    const render = compileTemplate("{{random 1 3}}");
    const counts = new Map<string, number>();
    for (let drawn = 0; drawn < 3000; drawn++) {
      const text = render(1, random);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["1", "2", "3"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });

  it("makes UUIDs of version 4", () => {
    const random = seededRandom(5);
    const uuids = Array.from({ length: 500 }, () => renderTemplate("{{uuid}}", 1, random));
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(uuids).size).toBe(500);
  });

  it("is decided by the seed", () => {
    const once = (): string => renderTemplate("{{uuid}} {{random}}", 1, seededRandom(9));
    expect(once()).toBe(once());
  });
});

describe("checkPayload", () => {
  it("accepts only templates whose every rendering is JSON", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "{{n}}",
        "{{random}}",
        "{{random 0 9}}",
        "{{random -5 5}}",
        "{{random -9 -1}}",
        "{{random 1 9}}",
        '"{{uuid}}"',
        "{{uuid}}",
      ),
      fc.constantFrom("1", "0", "-", ".", "e", '"', ",", "[", "]", '{"a":', "}", " ", "{{x}}"),
    );
    const template = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
      fc.array(piece, { maxLength: 3 }).map((pieces) => `[${pieces.join(",")}]`),
    );
    fc.assert(
      fc.property(template, fc.integer({ min: 1, max: 1e9 }), fc.integer(), (given, n, seed) => {
        if (checkPayload("json", given) !== null) return;
        const random = seededRandom(seed);
        for (let round = 0; round < 5; round++) {
          const text = renderTemplate(given, n, random);
          expect(() => void JSON.parse(text), `${given} became ${text}`).not.toThrow();
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("accepts what can be sent", () => {
    for (const template of [
      '{ "user_id": {{n}} }',
      '{"id": "{{uuid}}", "x": {{random}}}',
      '"{{name}}"',
      "[{{random -5 5}}]",
      "1",
    ]) {
      expect(checkPayload("json", template)).toBeNull();
    }
    for (const template of ["", "anything {{at}} all", "{", "{{n}}"])
      expect(checkPayload("text", template)).toBeNull();
    for (const { written } of PLACEHOLDERS) expect(checkPayload("text", written)).toBeNull();
  });

  it.each([
    ['{\n  "user_id": {{n}},\n}', 3, 1, /comma before }/],
    ['{\r\n  "user_id": {{n}} {{n}}\r\n}', 2, 20, /does not fit here/],
    ['{ "id": {{uuid}} }', 1, 9, /{{uuid}} stands outside quotes/],
    ['{ "id": {{nn}} }', 1, 9, /{{nn}} is not a placeholder: there are {{n}}, {{random}}/],
    ['{ "id": 0{{n}} }', 1, 9, /does not begin with 0/],
    ['{ "id": {{random 9 1}} }', 1, 9, /larger number first: write {{random 1 9}}/],
    ['{ "id": {{random 5}} }', 1, 9, /two whole numbers/],
    ['{ "id": {{random 1.5 2}} }', 1, 9, /two whole numbers/],
    ['{ "id": {{n 4}} }', 1, 9, /takes nothing after it/],
    ['{ "id": 1', 1, 10, /not closed/],
  ])("%j: says line %d, column %d", (template, line, column, words) => {
    const problem = checkPayload("json", template);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.message).toMatch(words);
  });

  it("says where bytes are not written as such, and takes what is", () => {
    expect(checkPayload("hex", "ef bb\nb")).toMatchObject({ line: 2, column: 1 });
    expect(checkPayload("base64", "77u*")?.message).toMatch(/^Column 4: “\*” is not of Base64/);
    expect(checkPayload("hex", "{{n}}")?.message).toMatch(/^Column 1: “{” is no hexadecimal digit/);
    for (const format of ["hex", "base64"] as const) expect(checkPayload(format, "")).toBeNull();
    const bytes = compilePayload({ format: "hex", template: "ef bb bf 41 ff 00 80" })(1, half);
    expect(bytes).toEqual(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80));
  });

  it("names the place in the message, the line only where there are several", () => {
    expect(checkPayload("json", "[1,]")?.message).toBe("Column 4: There is a comma before ]: take it away.");
    expect(checkPayload("json", "[1,\n]")?.message).toMatch(/^Line 2, column 1: /);
  });

  it("says of an empty payload that it is not JSON", () => {
    expect(checkPayload("json", "  ")?.message).toMatch(/empty/);
  });

  it("refuses a known placeholder with wrong numbers in text, too", () => {
    expect(checkPayload("text", "Hello\n{{random 2 1}}")).toMatchObject({ line: 2, column: 1 });
  });
});

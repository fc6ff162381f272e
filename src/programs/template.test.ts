import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "./dialects.ts";
import { code, fillTemplate, type Holes } from "./template.ts";

const filled = (template: string, holes: Holes): string => fillTemplate(DIALECTS.typescript, template, holes);

describe("a template", () => {
  it("has each hole filled: a text as a literal, a number as it is, code as code", () => {
    const template = "const a = __text__;\nconst b = [__text__, __number__, __code__];\n";
    expect(filled(template, { text: "it's\n", number: 1.5, code: code("x + 1") })).toBe(
      'const a = "it\'s\\n";\nconst b = ["it\'s\\n", 1.5, x + 1];\n',
    );
  });

  it("leaves out what is not there, and one of two empty lines with it", () => {
    const template = "a\n\n// @if there\nb\n\n// @end\n// @if !there\nc\n\n// @else\nd\n\n// @end\ne\n";
    expect(filled(template, { there: true })).toBe("a\n\nb\n\nd\n\ne\n");
    expect(filled(template, { there: null })).toBe("a\n\nc\n\ne\n");
    expect(fillTemplate(DIALECTS.python, "a\n\n\n# @if there\nb\n\n\n# @end\nc\n", { there: false })).toBe(
      "a\n\n\nc\n",
    );
  });

  it("takes an empty text for there, and an empty list for not", () => {
    expect(filled("// @if text\na\n// @end\n// @if list\nb\n// @end\n", { text: "", list: [] })).toBe("a\n");
  });

  it("repeats what stands in @each, with the holes around it", () => {
    const template = "// @each headers\nset(__name__, __of__);\n// @end\n";
    expect(filled(template, { of: "x", headers: [{ name: "a" }, { name: "b" }] })).toBe(
      'set("a", "x");\nset("b", "x");\n',
    );
  });

  it("lets no hole end a comment", () => {
    expect(filled("  // is __text__\n", { text: "a\nb\u2028c();" })).toBe("  // is a\n  // b\n  // c();\n");
  });

  it("takes code of many lines as it is, empty lines and what looks like a hole included", () => {
    expect(filled("a\n__code__\nb\n", { code: code("\n\n__a__\n// @end\n\n") })).toBe(
      "a\n\n\n__a__\n// @end\n\n\nb\n",
    );
    expect(filled("a\n__code__\nb\n", { code: code("") })).toBe("a\nb\n");
  });

  it("reads nothing of what fills it, whatever that is", () => {
    const piece = fc.constantFrom(
      "__b__",
      "// @if b",
      "// @end",
      "\n",
      "'",
      '"',
      "\\",
      "`",
      "${",
      "$&",
      "$1",
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          const program = filled("return [__a__, __b__];\n", { a: text, b: 7 });
          expect(new Function(program)()).toEqual([text, 7]);
        },
      ),
    );
  });

  it("says which hole there is nothing for", () => {
    expect(() => filled("__constructor__", {})).toThrow("a hole constructor");
    expect(() => filled("// @if a\n", { a: true })).toThrow("never ends its @if a");
    expect(() => filled("// @end\n", {})).toThrow("@end that ends nothing");
    expect(() => filled("__a__", { a: null })).toThrow("nothing that could be written");
  });
});

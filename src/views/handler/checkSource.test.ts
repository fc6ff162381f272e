import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSource } from "./checkSource.ts";
import { placeOf } from "./placeOf.ts";

const HANDLERS = join(import.meta.dirname, "../../handlers");

describe("the check of a handler's source", () => {
  it("finds nothing wrong with any built-in handler", async () => {
    const files = (await readdir(HANDLERS)).filter((file) => file.endsWith(".js"));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(checkSource(await readFile(join(HANDLERS, file), "utf8"))).toBeNull();
  });

  it.each([
    ["export default () => 1", null],
    ["export default async function (request, { ask }) { return await ask('a'); }", null],
    ["const answer = () => 1;\nexport { answer as default };", null],
    ["await 0;\nexport default class {}", null],
    ["export default function (request) {\n  return {;\n}", [2, "Unexpected token"]],
    [
      "export default () => {\n  const a = 1;\n  const a = 2;\n};",
      [3, "Identifier 'a' has already been declared"],
    ],
    [
      "export default () => 1;\nimport fs from 'fs';",
      [2, "A handler cannot import anything: write all that it needs here."],
    ],
    [
      "export default () => 1;\nexport * from './b.js';",
      [2, expect.stringContaining("cannot import anything")],
    ],
    ["const answer = () => 1;", [1, expect.stringContaining("It has no handler yet")]],
    ["", [1, expect.stringContaining("It has no handler yet")]],
    ["export default () => 1;\n// a\u2028evil()", [2, expect.stringContaining("Line separator (U+2028)")]],
    ["export default () => '\u202e';", [1, expect.stringContaining("write \\u202e")]],
    ["x".repeat(50_001), [1, expect.stringContaining("50001 characters")]],
  ])("says of %j what is wrong and where", (source, expected) => {
    const problem = checkSource(source);
    expect(problem && [problem.line, problem.message]).toEqual(expected);
  });

  it("points into the source whatever stands there, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const problem = checkSource(text);
        if (problem === null) return;
        expect(problem.from).toBeGreaterThanOrEqual(0);
        expect(problem.to).toBeGreaterThanOrEqual(problem.from);
        expect(problem.to).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe("the place of a line and a column", () => {
  const text = "one two\n  three.four();\n";
  const at = (line: number, column: number | null): string => {
    const { from, to } = placeOf(text, line, column);
    return text.slice(from, to);
  };
  it("is the word there, else the rest of the line", () => {
    expect([at(1, 5), at(2, 9), at(2, 8), at(2, null)]).toEqual(["two", "four", ".four();", "three.four();"]);
  });

  it("stays within the text", () => {
    expect(placeOf(text, 99, 99)).toEqual({ from: text.length, to: text.length });
  });
});

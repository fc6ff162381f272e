import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findTool, goModule, written } from "../../tools/programs/toolbox.ts";
import { run } from "../../tools/run.ts";
import {
  commentLines,
  fileNameOf,
  goLiteral,
  javaScriptLiteral,
  pythonLiteral,
  shellLiteral,
} from "./literals.ts";

/** Pieces that end, change or hide something in at least one of the languages. */
const HOSTILE = [
  '"',
  "'",
  "`",
  "\\",
  "\\\\",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\0",
  "\u0007",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u200d",
  "\ufeff",
  "\ufffe",
  "\ud800",
  "\udc00",
  "\u{1f600}",
  "\u{e0041}",
  "${x}",
  "$(x)",
  "$HOME",
  "%s",
  "%",
  "{{x}}",
  "{x}",
  "\\U0001f600",
  "\\u0041",
  "\\x41",
  "//",
  "#",
  "*/",
  "-",
  "@",
  "!",
  "ü",
  "a",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 8 })
  .map((pieces) => pieces.join(""));
const samples = [...HOSTILE, ...fc.sample(hostile, { numRuns: 500, seed: 7 })];
/** What is sent for a text: half characters cannot be. */
const sent = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd");

const python = await findTool("python");
const go = await findTool("go");
const sh = (await run("sh", ["-c", "true"], { timeoutMs: 10_000 })).code === 0;
for (const [words, tool] of [["Python", python] as const, ["Go", go] as const]) {
  if (!tool.found) console.warn(`SKIPPED: literals for ${words} are not run, because ${tool.why}`);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-literals-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("literals mean their text, whatever it holds", () => {
  it("in JavaScript", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = javaScriptLiteral(text);
        expect(literal).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(new Function(`return ${literal};`)()).toBe(sent(text));
      }),
    );
  });

  it.skipIf(!python.found)("in Python", async () => {
    if (!python.found) return;
    const text = `import json\nprint(json.dumps([\n${samples.map(pythonLiteral).join(",\n")}\n]))\n`;
    const { stdout, stderr } = await run(python.command, [await written(folder, "literals.py", text)], {
      timeoutMs: 15_000,
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(samples.map(sent));
  });

  it.skipIf(!go.found)("in Go", { timeout: 120_000 }, async () => {
    const text = `package main

import (
	"encoding/json"
	"os"
)

func main() {
	_ = json.NewEncoder(os.Stdout).Encode([]string{
${samples.map((each) => `		${goLiteral(each)},`).join("\n")}
	})
}
`;
    const path = await written(folder, "literals.go", text);
    const { stdout, stderr } = await run("go", ["run", path], { timeoutMs: 110_000, cwd: goModule() });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(samples.map(sent));
  });

  it.skipIf(!sh)("in a POSIX shell, but for the character 0", async () => {
    const text = `printf '%s\\001' ${samples.map(shellLiteral).join(" ")}\n`;
    const { stdout } = await run("sh", [await written(folder, "literals.sh", text)], { timeoutMs: 15_000 });
    const whole = samples.map((each) => sent(each).replaceAll("\0", "")).join("\u0001");
    expect(stdout).toBe(`${whole}\u0001`);
  });
});

describe("comments", () => {
  it("never end before their line does, and show nothing that cannot be seen", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of commentLines("// ", text)) {
          expect(line.startsWith("//")).toBe(true);
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });
});

describe("file names", () => {
  it("are plain, whatever a name holds", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(fileNameOf(text)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
      }),
    );
    expect(fileNameOf("../../etc/passwd")).toBe("etc-passwd");
    expect(fileNameOf("client-1")).toBe("client-1");
  });
});

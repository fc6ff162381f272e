import { expect, it } from "vitest";
import { highlight } from "./highlight.ts";
import { TOKEN } from "./tokens.ts";

const HANDLER = `cat > x.mjs <<'END'
// it's JavaScript
const a = 1;
END
nats reply -- 'a b'
`;

it.each([
  ["typescript", "const a = `x ${1 + 1} </span>`;\n"],
  ["python", 'f"{a}" # <b>\n'],
  ["go", "package main\n\nvar a = `x`\n"],
  ["cli", "nats request -- 'it'\\''s' \"$HOME\"\n"],
  ["cli", HANDLER],
] as const)("%s keeps its text: %j", (language, text) => {
  expect(
    highlight(language, text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

it("what commands write into a file is told apart as JavaScript", () => {
  const pieces = highlight("cli", HANDLER);
  expect(pieces).toContainEqual({ text: "// it's JavaScript", look: TOKEN.comment });
  expect(pieces).toContainEqual({ text: "const", look: TOKEN.keyword });
  expect(pieces).toContainEqual({ text: "'a b'", look: TOKEN.value });
});

it.each([
  ["typescript", "interface A { readonly kind: string } // b\n", "readonly", "// b"],
  ["python", "async def f():  # b\n", "async", "# b"],
  ["go", "func f() {} // b\n", "func", "// b"],
  ["cli", "if true; then\n  echo b\nfi # b\n", "then", "# b"],
] as const)("%s has its own keywords and comments: %j", (language, text, keyword, comment) => {
  const pieces = highlight(language, text);
  expect(pieces).toContainEqual({ text: keyword, look: TOKEN.keyword });
  expect(pieces).toContainEqual({ text: comment, look: TOKEN.comment });
});

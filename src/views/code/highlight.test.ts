import { expect, it } from "vitest";
import { highlight, type Piece } from "./highlight.ts";

const textOf = (piece: Piece): string =>
  typeof piece === "string" ? piece : piece.pieces.map(textOf).join("");

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
  expect(highlight(language, text).map(textOf).join("")).toBe(text);
});

it("what commands write into a file is told apart as JavaScript", () => {
  const looks = highlight("cli", HANDLER).flatMap((piece) =>
    typeof piece === "string" ? [] : [[piece.look, textOf(piece)]],
  );
  expect(looks).toContainEqual(["hljs-comment", "// it's JavaScript"]);
  expect(looks).toContainEqual(["hljs-keyword", "const"]);
  expect(looks).toContainEqual(["hljs-string", "'a b'"]);
});

import { expect, test } from "vitest";
import { characterName, checkSeen, refusedInCode, remarkableCharacters, unseenKinds } from "./characters.ts";

test("each character that is not what it looks like is named, with the lines that have it", () => {
  const source =
    "const admin = 1;\nconst аdmin = 2;\nlet a\u200b = '\u00a0';\n// а\n" +
    `${" ".repeat(39)}1;${" ".repeat(600)}evil()`;
  expect(remarkableCharacters(source)).toEqual([
    { name: "Cyrillic letter “а” (U+0430)", lines: [2, 4] },
    { name: "zero-width space (U+200B)", lines: [3] },
    { name: "no-break space (U+00A0)", lines: [3] },
    { name: "600 spaces", lines: [5] },
  ]);
  expect(characterName("ｅ")).toBe("fullwidth form “ｅ” (U+FF45)");
  expect(characterName("\u{1d41a}")).toBe("mathematical form “𝐚” (U+1D41A)");
  expect(characterName("\u{e0041}")).toBe("invisible character (U+E0041)");
});

test("what people write in code and names is not remarkable", () => {
  const source = "\t// Größe, 応答者, “quoted” – 👩‍💻 ❤️ …\nexport default () => ({ naïve: '✓' });\n";
  expect(remarkableCharacters(source)).toEqual([]);
  expect(refusedInCode(source)).toBeNull();
  for (const name of ["Größe 1", "応答者", "👩‍💻", "сервис", "a–b"]) expect(checkSeen(name)).toBeNull();
});

test("line ends that only some readers see, what turns text around, and half characters are refused in code", () => {
  for (const character of ["\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u061c", "\ud800"]) {
    const found = refusedInCode(`// fine ${character}evil()`);
    expect(found).toMatchObject({ at: 8 });
    expect(found?.message).toContain(
      `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    );
  }
  expect(refusedInCode("// 🚀")).toBeNull();
});

test("names and titles hold nothing that nobody sees", () => {
  expect(checkSeen("responder\u200b-1")).toBe(
    "It holds zero-width space (U+200B), which nobody sees: take it away.",
  );
  expect(checkSeen("a\u202eb")).toContain("right-to-left override");
});

test("what of a payload nobody sees is named once each, whatever script and emoji it has", () => {
  for (const text of ["", '{ "user_id": {{n}} }\n\t1', "Привет, αβγ", "👨‍👩‍👧 ❤️", "مرحبا"])
    expect(unseenKinds(text)).toBeNull();
  expect(unseenKinds("a\u00a0b\u00a0c")).toBe("a no-break space (U+00A0)");
  expect(unseenKinds("a\r\nb")).toBe("a carriage return (U+000D)");
  expect(unseenKinds("\ufeff\u200b\u00a0\u202e\u0000")).toBe(
    "a zero-width no-break space (U+FEFF), a zero-width space (U+200B), a no-break space (U+00A0), and 2 more",
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { CODE_CHARACTERS, CODE_LENGTH, readJoinCode, readMemberName } from "./classroom.ts";

const code = fc.string({
  unit: fc.constantFrom(...CODE_CHARACTERS),
  minLength: CODE_LENGTH,
  maxLength: CODE_LENGTH,
});

test("a join code is read however it is written", () => {
  fc.assert(
    fc.property(code, (written) => {
      const spaced = ` ${written.slice(0, 3).toLowerCase()} - ${written.slice(3)}\n`;
      expect(readJoinCode(written)).toBe(written);
      expect(readJoinCode(spaced)).toBe(written);
    }),
  );
});

test("what is no join code is none: another length, or a character that can be taken for another", () => {
  for (const text of ["", "ABC23", "ABC2345", "ABC23O", "ABC230", "ABC231", "ÄBC234", "ABC23>"])
    expect(readJoinCode(text), text).toBeNull();
});

test("a name is one line of at most 40 characters, whatever was typed or pasted", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const name = readMemberName(text);
      if (name === null) return;
      expect(name).not.toBe("");
      expect([...name].length).toBeLessThanOrEqual(40);
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(readMemberName(name)).toBe(name);
    }),
  );
  expect(readMemberName("  Ada \n Lovelace ")).toBe("Ada Lovelace");
  expect(readMemberName("<img src=x>")).toBe("<img src=x>");
  expect(readMemberName("\u202e\u200b \t")).toBeNull();
});

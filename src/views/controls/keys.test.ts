import { expect, test } from "vitest";
import { byPlace, isComposing, latinKey } from "./keys.ts";

test.each([
  ["a Latin letter", "s", "KeyS", "s"],
  ["a Latin letter elsewhere on the keyboard", "z", "KeyY", "z"],
  ["an accented one", "é", "Digit2", "é"],
  ["Cyrillic", "ы", "KeyS", "s"],
  ["Cyrillic with Shift", "Ы", "KeyS", "S"],
  ["Greek", "ζ", "KeyZ", "z"],
  ["Hebrew, which has no capitals", "ד", "KeyS", "s"],
  ["a letter where Latin layouts have a sign", "ж", "Semicolon", "ж"],
  ["a sign", ".", "Slash", "."],
  ["a named key", "Escape", "Escape", "Escape"],
])("%s", (_what, key, code, latin) => {
  expect(latinKey({ key, code })).toBe(latin);
});

test.each([
  ["s", "KeyS"],
  ["Shift+S", "Shift+KeyS"],
  ["$mod+Shift+z", "$mod+Shift+KeyZ"],
  [".", null],
  ["Shift+?", null],
  ["Escape", null],
])("%s by its place on the keyboard", (keys, place) => {
  expect(byPlace(keys)).toBe(place);
});

test("a key is the input method's during a composition, and for Safari the one that ends it", () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
});

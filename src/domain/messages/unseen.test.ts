import { expect, test } from "vitest";
import { jsonProblem } from "./jsonProblem.ts";
import { checkPublishSubject } from "./subjects.ts";
import { unseenWords } from "../base/characters.ts";

test.each([
  ["\u00a0", "a no-break space (U+00A0)"],
  ["\u200b", "a zero-width space (U+200B)"],
  ["\ufeff", "a zero-width no-break space (U+FEFF)"],
  ["\u202e", "a right-to-left override (U+202E)"],
  ["\u{e0001}", "an invisible character (U+E0001)"],
  ["\u0007", "a control character (U+0007)"],
])("%j is %s, wherever it is refused", (character, words) => {
  expect(unseenWords(character)).toBe(words);
  expect(jsonProblem(`{${character}"a": 1}`)?.message).toContain(words);
  expect(checkPublishSubject(`user${character}.get`)).toContain(words);
});

test("what is seen is not named so", () => {
  for (const character of [" ", "a", "ü", "\u{1f600}", "․"]) expect(unseenWords(character)).toBeNull();
});

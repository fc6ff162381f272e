/** Characters that are not what they look like: unseen ones, ones that turn text around, and ones that pass for Latin letters. */

/** They turn the order of what is shown around. */
const TURNING = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";
/** They end a line for some readers and not for others. */
const LINE_ENDS = "\\u2028\\u2029";
/** Without a picture, or with an empty one: also spaces that are no space. An emoji holds some of its own, which stay in it. */
const EMPTY = `[${TURNING}${LINE_ENDS}\\p{Co}\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff9-\\ufffc\\u{e0000}-\\u{e01ef}\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]`;
const OTHER_SPACES = "[\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]";
const OF_NO_EMOJI = "(?<!\\p{Extended_Pictographic}\\ufe0f?)\\u200d|(?<!\\p{Extended_Pictographic})\\ufe0f";

/** What a reader does not see. For a text that may have line feeds and tabs. */
export const UNSEEN = new RegExp(`${EMPTY}|${OTHER_SPACES}|${OF_NO_EMOJI}`, "gu");

/** What passes for a letter or a sign of ASCII. */
export const LOOKALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\u0131\u0251\u0261\u0269\u01c0\u01c3\u0274\u026a\u02d0\u037e\u2024\u2044\u2160-\u217f\u2215\u2223\u2236\u2758\ua789\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu;

/** What stands behind so many spaces is easily overlooked. */
export const LONG_GAP = /[ \t]{40,}/g;

/** Such as `600 spaces`. */
export const gapName = (gap: string): string => `${gap.length} spaces`;

const hasTurning = new RegExp(`[${TURNING}]`, "u");
const refused = new RegExp(`[${TURNING}${LINE_ENDS}]|\\p{Cs}`, "u");

/** What is wrong with words that stand beside others: they would turn the order around, or hide something. Null for nothing. */
export function checkSeen(text: string): string | null {
  const found = hasTurning.exec(text) ?? text.match(new RegExp(EMPTY, "u"));
  return found ? `It holds ${characterName(found[0])}, which nobody sees: take it away.` : null;
}

/** The first character that no code may hold, as what is shown would not be what runs. Null for none. */
export function refusedInCode(source: string): { readonly at: number; readonly message: string } | null {
  const found = refused.exec(source);
  if (!found) return null;
  const escape = `\\u${(found[0].codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  return {
    at: found.index,
    message: `${capitalised(characterName(found[0]))} makes code look like other code. In a text write ${escape}`,
  };
}

export interface Remarkable {
  /** Such as `Cyrillic letter “а” (U+0430)`. */
  readonly name: string;
  /** Where it stands, each line once, from 1. */
  readonly lines: readonly number[];
}

/** Whatever in a text deserves a second look, with the lines that have it. */
export function remarkableCharacters(text: string): readonly Remarkable[] {
  const found = new Map<string, Set<number>>();
  const patterns = [
    [UNSEEN, characterName],
    [LOOKALIKE, characterName],
    [LONG_GAP, gapName],
  ] as const;
  for (const [at, line] of text.split("\n").entries()) {
    for (const [pattern, nameIt] of patterns) {
      for (const [characters] of line.matchAll(pattern)) {
        const name = nameIt(characters);
        found.set(name, (found.get(name) ?? new Set()).add(at + 1));
      }
    }
  }
  return [...found].map(([name, lines]) => ({ name, lines: [...lines] }));
}

const NAMES: Readonly<Record<number, string>> = {
  0x00: "null",
  0x08: "backspace",
  0x0b: "vertical tab",
  0x0c: "form feed",
  0x0d: "carriage return",
  0x1b: "escape",
  0x7f: "delete",
  0x85: "next line",
  0xa0: "no-break space",
  0xad: "soft hyphen",
  0x61c: "Arabic letter mark",
  0x200b: "zero-width space",
  0x200c: "zero-width non-joiner",
  0x200d: "zero-width joiner",
  0x200e: "left-to-right mark",
  0x200f: "right-to-left mark",
  0x2028: "line separator",
  0x2029: "paragraph separator",
  0x202a: "left-to-right embedding",
  0x202b: "right-to-left embedding",
  0x202c: "pop directional formatting",
  0x202d: "left-to-right override",
  0x202e: "right-to-left override",
  0x202f: "narrow no-break space",
  0x2060: "word joiner",
  0x2066: "left-to-right isolate",
  0x2067: "right-to-left isolate",
  0x2068: "first strong isolate",
  0x2069: "pop directional isolate",
  0x3000: "ideographic space",
  0xfeff: "zero-width no-break space",
  0x37e: "Greek question mark “;”",
  0x131: "dotless i “ı”",
};

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/u, "Cyrillic letter"],
  [/\p{Script=Greek}/u, "Greek letter"],
  [/\p{Script=Armenian}/u, "Armenian letter"],
  [/\p{Script=Cherokee}/u, "Cherokee letter"],
  [/\p{Script=Coptic}/u, "Coptic letter"],
  [/\p{Script=Lisu}/u, "Lisu letter"],
  [/[\uff01-\uff5e]/u, "fullwidth form"],
  [/[\u{1d400}-\u{1d7ff}]/u, "mathematical form"],
];

/** A character in words, with its number: `zero-width space (U+200B)`. */
export function characterName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `${nameOf(character, code)} (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
}

function nameOf(character: string, code: number): string {
  const name = NAMES[code];
  if (name !== undefined) return name;
  const script = SCRIPTS.find(([pattern]) => pattern.test(character))?.[1];
  if (script !== undefined) return `${script} “${character}”`;
  if (/\p{Cs}/u.test(character)) return "half a character";
  if (/\p{Cc}/u.test(character)) return "control character";
  if (/\p{Zs}/u.test(character)) return "other space";
  return character.match(UNSEEN) ? "invisible character" : `look-alike “${character}”`;
}

/** What the first character of a text is, where nobody sees it or sees it as it is, such as “a no-break space (U+00A0)”; else null. */
export function unseenWords(text: string): string | null {
  const [character] = text;
  if (character === undefined) return null;
  if (character === "\t") return "a tab";
  if (character === "\n" || character === "\r") return "a line break";
  if (!character.match(UNSEEN)) return null;
  return withArticle(characterName(character));
}

/** The kinds of characters in a text that nobody sees, or sees as they are: “a no-break space (U+00A0), …”; null for none. */
export function unseenKinds(text: string): string | null {
  const kinds = [...new Set(Array.from(text.matchAll(UNSEEN), ([character]) => character))];
  if (kinds.length === 0) return null;
  const shown = kinds.slice(0, MOST_KINDS).map((character) => withArticle(characterName(character)));
  const rest = kinds.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`;
}

const MOST_KINDS = 3;

const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

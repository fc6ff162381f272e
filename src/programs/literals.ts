/**
 * Texts as literals of a language, whatever a text holds: quotes, backslashes, line breaks, `${}`, `%`, characters that cannot be
 * seen. What reads a program is a compiler and a person: nothing in a literal may end it early, and nothing may look other than
 * it is.
 */

/** Seen by nobody, or turning what follows around: shown as escapes. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;
const EACH_UNSEEN = new RegExp(UNSEEN.source, "gu");

/** Half a character cannot be sent: clients put U+FFFD in its place, and so does a program's text. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, "\ufffd");

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
};

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Between double quotes, with escapes that Python and Go read alike. */
function quoted(text: string): string {
  const inside = wellFormed(text)
    .replace(/["\\]/g, "\\$&")
    .replace(EACH_UNSEEN, (character) => SHORT[character] ?? escapeOf(character));
  return `"${inside}"`;
}

/** Whether a text can stand between single quotes or backticks as it is, and is easier to read there. */
const isPlain = (text: string, quote: string): boolean =>
  text.includes('"') && !text.includes(quote) && !text.includes("\\") && !UNSEEN.test(text);

export function javaScriptLiteral(text: string): string {
  const whole = wellFormed(text);
  if (isPlain(whole, "'")) return `'${whole}'`;
  // JavaScript has no \U: an astral character takes braces.
  return quoted(whole).replace(/(\\*)\\U([0-9a-f]{8})/g, (all: string, before: string, hex: string) =>
    before.length % 2 === 0 ? `${before}\\u{${Number.parseInt(hex, 16).toString(16)}}` : all,
  );
}

export function pythonLiteral(text: string): string {
  const whole = wellFormed(text);
  return isPlain(whole, "'") ? `'${whole}'` : quoted(whole);
}

export function goLiteral(text: string): string {
  const whole = wellFormed(text);
  return isPlain(whole, "`") ? `\`${whole}\`` : quoted(whole);
}

/** For a POSIX shell. No argument can hold the character 0: it is left out. */
export function shellLiteral(text: string): string {
  const whole = wellFormed(text).replaceAll("\0", "");
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(whole)) return whole;
  return `'${whole.replaceAll("'", "'\\''")}'`;
}

/** Lines of a comment: nothing in the text can end it. `lead` begins each line, such as `// `. */
export function commentLines(lead: string, text: string): string[] {
  return wellFormed(text)
    .split(/\r\n|[\n\r\u2028\u2029\v\f\u0085]/)
    .map((line) => `${lead}${line.replace(EACH_UNSEEN, (each) => (each === "\t" ? "  " : "·"))}`.trimEnd());
}

/** A name as part of a file's name. */
export function fileNameOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return plain === "" ? "program" : plain;
}

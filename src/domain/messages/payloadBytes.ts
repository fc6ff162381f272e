import { encodeUtf8 } from "../base/utf8.ts";

/** How a payload is written that is bytes: two hexadecimal digits for each, or Base64. */
export type BytesFormat = "hex" | "base64";

export type ReadBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** What is wrong, and the index of the first character that does not fit. */
  | { readonly ok: false; readonly problem: string; readonly at: number };

export const readBytes = (format: BytesFormat, text: string): ReadBytes =>
  format === "hex" ? readHex(text) : readBase64(text);

export const writeBytes = (format: BytesFormat, bytes: Uint8Array): string =>
  format === "hex" ? writeHex(bytes) : writeBase64(bytes);

/** The bytes that are written; those of the text itself where none are, so that there is always something to be said of. */
export function bytesWritten(format: BytesFormat, text: string): Uint8Array {
  const read = readBytes(format, text);
  return read.ok ? read.bytes : encodeUtf8(text);
}

/** Pairs of digits, whatever stands between them in dumps: blanks, commas, colons, 0x and \x. */
function readHex(text: string): ReadBytes {
  const bytes: number[] = [];
  for (const { 0: found, index: at } of text.matchAll(/[\s,:]+|0x|\\x|[\da-f]{2}|[^]/giu)) {
    if (/^(?:[\s,:]|0x$|\\x$)/i.test(found)) continue;
    if (found.length === 2 && /^[\da-f]{2}$/i.test(found)) bytes.push(Number.parseInt(found, 16));
    else if (/^[\da-f]$/i.test(found))
      return { ok: false, at, problem: `A byte has two digits, such as 0${found}: this one has one.` };
    else return { ok: false, at, problem: `${shown(found)} is no hexadecimal digit: use 0–9 and a–f.` };
  }
  return { ok: true, bytes: Uint8Array.from(bytes) };
}

const writeHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Of both alphabets of RFC 4648, with or without its `=`, broken into lines or not. */
function readBase64(text: string): ReadBytes {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let count = 0;
  let bits = 0;
  let held = 0;
  let digits = 0;
  let ended = -1;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (/\s/.test(character)) continue;
    if (character === "=") {
      if (digits % 4 < 2)
        return { ok: false, at: index, problem: "= stands at the end alone, after two or three others." };
      ended = index;
      continue;
    }
    if (ended >= 0) return { ok: false, at: index, problem: "After = comes no more." };
    const value = ALPHABET.indexOf(character === "-" ? "+" : character === "_" ? "/" : character);
    if (value < 0) {
      const problem = `${shown(String.fromCodePoint(text.codePointAt(index) ?? 0))} is not of Base64: use A–Z, a–z, 0–9, + and /.`;
      return { ok: false, at: index, problem };
    }
    digits++;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[count++] = (held >> bits) & 0xff;
  }
  if (digits % 4 === 1)
    return { ok: false, at: text.length, problem: "It ends within a byte: a character is missing." };
  return { ok: true, bytes: bytes.slice(0, count) };
}

function writeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const all = (first << 16) | (second << 8) | third;
    const left = bytes.length - at;
    for (let digit = 0; digit < 4; digit++)
      text += digit > left ? "=" : (ALPHABET[(all >> (18 - 6 * digit)) & 63] ?? "");
  }
  return text;
}

const shown = (character: string): string => (character === '"' ? "A quote" : `“${character}”`);

/** Text as it crosses the wire. With the platform's own coders: the ones in src/domain do without a platform, and are slower. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text of this length is left to the platform: what it costs to ask is little beside the work. */
const LONG = 256;

/**
 * UTF-8. A short text of ASCII is encoded here: each array that the platform makes is an object of the browser's own, which its
 * collector has to sweep, and that took longer than the encoding.
 */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  const { length } = text;
  if (length >= LONG) return encoder.encode(text);
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return encoder.encode(text);
    bytes[index] = code;
  }
  return bytes;
}

/** What is not UTF-8 becomes the replacement character. A short text of ASCII is decoded here, which takes a tenth of the time. */
export function decodeText(bytes: Uint8Array): string {
  const { length } = bytes;
  if (length >= LONG) return decoder.decode(bytes);
  const codes: number[] = [];
  for (let index = 0; index < length; index++) {
    const code = bytes[index] ?? 0;
    if (code > 0x7f) return decoder.decode(bytes);
    codes.push(code);
  }
  return String.fromCharCode(...codes);
}

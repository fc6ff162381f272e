/** Up to so many bytes are copied one by one: the platform's own copying takes a view of them, which costs more. */
const SHORT = 64;

/** Copies what lies in `from` between two places to a place in `to`, which has the room. */
export function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT) to.set(from.subarray(start, end), at);
  else for (let byte = start; byte < end; byte++) to[at + byte - start] = from[byte] ?? 0;
}

/** True when `text` is somewhere in `bytes`; `needle` is lower case, and ASCII letters in `bytes` match in either case. */
export function findIgnoringCase(bytes: Uint8Array, needle: Uint8Array): boolean {
  const last = bytes.length - needle.length;
  for (let start = 0; start <= last; start++) {
    let offset = 0;
    while (offset < needle.length && lower(bytes[start + offset] ?? 0) === needle[offset]) offset++;
    if (offset === needle.length) return true;
  }
  return false;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

const COLUMNS = 8;

/** Bytes as a dump of eight a line: where the line begins, the bytes in hexadecimal, and what of them is printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const places = Math.max(4, bytes.length.toString(16).length);
  const lines: string[] = [];
  for (let index = 0; index < bytes.length; index += COLUMNS) {
    const row = [...bytes.subarray(index, index + COLUMNS)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${index.toString(16).padStart(places, "0")}  ${hex.padEnd(COLUMNS * 3 - 1)}  ${text}`);
  }
  return lines.join("\n");
}

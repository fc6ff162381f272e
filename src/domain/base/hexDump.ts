const COLUMNS = 8;

/** Bytes as a dump of eight a line: where the line begins, the bytes in hexadecimal, and what of them is printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const places = Math.max(4, bytes.length.toString(16).length);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += COLUMNS) {
    const row = [...bytes.subarray(at, at + COLUMNS)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(places, "0")}  ${hex.padEnd(COLUMNS * 3 - 1)}  ${text}`);
  }
  return lines.join("\n");
}

/** True when `text` is somewhere in `bytes`; `needle` is lower case, and ASCII letters in `bytes` match in either case. */
export function findIgnoringCase(bytes: Uint8Array, needle: Uint8Array): boolean {
  const last = bytes.length - needle.length;
  for (let start = 0; start <= last; start++) {
    let at = 0;
    while (at < needle.length && lower(bytes[start + at] ?? 0) === needle[at]) at++;
    if (at === needle.length) return true;
  }
  return false;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

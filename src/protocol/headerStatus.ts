/** `NATS/1.0` and the space before a status. */
const VERSION_LENGTH = 9;

/**
 * The status in the first line of a header block between `start` and `end`, such as 503 in `NATS/1.0 503`.
 * 0 for none, and for anything that is not a number of three digits.
 */
export function headerStatus(bytes: Uint8Array, start: number, end: number): number {
  const first = start + VERSION_LENGTH;
  if (first + 3 > end) return 0;
  let status = 0;
  for (let index = first; index < first + 3; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    status = status * 10 + digit;
  }
  return status;
}

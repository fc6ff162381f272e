/** Up to so many bytes are copied one by one: the platform's own copying takes a view of them, which costs more. */
const SHORT = 64;

/** Copies what lies in `from` between two places to a place in `to`, which has the room. */
export function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT) to.set(from.subarray(start, end), at);
  else for (let byte = start; byte < end; byte++) to[at + byte - start] = from[byte] ?? 0;
}

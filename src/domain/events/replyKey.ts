import type { ExchangeKey } from "./events.ts";

/**
 * The 53-bit key of an exchange, from the bytes of its reply subject (ASCII on the wire). Workers send keys instead of
 * strings because tens of thousands of exchanges a second pass between threads. Two multiplicative hashes of 32 bits are
 * joined; with the 100,000 exchanges a record holds, two share a key with a probability below 10⁻⁶. Never 0, which means none.
 */
export function replyKey(bytes: Uint8Array, start = 0, end = bytes.length): ExchangeKey {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b);
    high ^= high >>> 15;
  }
  low ^= low >>> 16;
  return ((high >>> 0) & 0x1fffff) * 0x100000000 + (low >>> 0) || 1;
}

/** The key of a reply subject held as a string. Code units are taken as bytes, as subjects are on the wire. */
export function replyKeyOf(reply: string): ExchangeKey {
  const bytes = new Uint8Array(reply.length);
  for (let index = 0; index < reply.length; index++) bytes[index] = reply.charCodeAt(index);
  return replyKey(bytes);
}

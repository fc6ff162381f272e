import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * An endless sequence of numbers 0 ≤ x < 1 that a seed decides wholly: the same seed gives the same sequence on every
 * machine. Not for secrets.
 */
export function seededRandom(seed: number): () => number {
  // The generator's first value is the seed's complement: seeds 1 and 2 would begin alike. Mixing them first prevents that.
  const generator = xoroshiro128plus(mix(seed | 0) | 0);
  for (let warmUp = 0; warmUp < 8; warmUp++) generator.next();
  return () => uniformFloat64(generator);
}

/**
 * A seed for one part of the whole (a responder by its name, an attempt by its number), so that adding another part
 * does not change what this one draws. 0 ≤ result < 2³², a whole number.
 */
export function deriveSeed(seed: number, ...parts: readonly (string | number)[]): number {
  let hash = mix(seed | 0);
  for (const part of parts) {
    const text = String(part);
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    // Closes each part, so that ("ab", "c") and ("a", "bc") differ.
    hash = mix(hash ^ text.length);
  }
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input changes about half the bits of the result. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

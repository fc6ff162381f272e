import { deriveSeed, seededRandom } from "../../src/domain/base/random.ts";

/** Decide how a deed is done: to whom, and how much. Each is 0 ≤ x < 1. */
export type Numbers = readonly [number, number, number, number];

interface Choice {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
}

/**
 * The deed that a seed has at a place, and its numbers. It depends on nothing that happened before, so any stretch of a run can be
 * done again. A deed that is added later takes its share from all others, and leaves the rest of every seed as it was.
 */
export function plannedDeed<T extends Choice>(
  deeds: readonly [T, ...T[]],
  seed: number,
  at: number,
): { readonly deed: T; readonly numbers: Numbers } {
  let [deed] = deeds;
  let soonest = Infinity;
  for (const each of deeds) {
    // Each has a time of its own, exponentially distributed; the earliest is chosen as often as its weight says.
    const time = -Math.log1p(-seededRandom(deriveSeed(seed, at, each.name))()) / each.weight;
    if (time < soonest) [deed, soonest] = [each, time];
  }
  const draw = seededRandom(deriveSeed(seed, at, "numbers"));
  return { deed, numbers: [draw(), draw(), draw(), draw()] };
}

/** One of a list, as a number 0 ≤ x < 1 decides; undefined when it is empty. */
export const oneOf = <T>(list: readonly T[], x: number): T | undefined => list[Math.floor(x * list.length)];

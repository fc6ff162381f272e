import { deriveSeed, seededRandom } from "../../src/domain/base/random.ts";

/** Decide how an action is done: to whom, and how much. Each is 0 ≤ x < 1. */
export type Numbers = readonly [number, number, number, number];

interface Choice {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
}

/**
 * The action that a seed has at a place, and its numbers. It depends on nothing that happened before, so any part of a run can be
 * done again. An action that is added later takes its share from all others, and leaves the rest of every seed as it was.
 */
export function plannedAction<T extends Choice>(
  actions: readonly [T, ...T[]],
  seed: number,
  at: number,
): { readonly action: T; readonly numbers: Numbers } {
  let [action] = actions;
  let soonest = Infinity;
  for (const each of actions) {
    // Each has a time of its own, exponentially distributed; the earliest is chosen as often as its weight says.
    const time = -Math.log1p(-seededRandom(deriveSeed(seed, at, each.name))()) / each.weight;
    if (time < soonest) [action, soonest] = [each, time];
  }
  const draw = seededRandom(deriveSeed(seed, at, "numbers"));
  return { action, numbers: [draw(), draw(), draw(), draw()] };
}

/** One of a list, as a number 0 ≤ x < 1 decides; undefined when it is empty. */
export const oneOf = <T>(list: readonly T[], x: number): T | undefined => list[Math.floor(x * list.length)];

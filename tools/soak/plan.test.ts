import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTIONS } from "./actions.ts";
import { plannedAction } from "./plan.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const places = fc.integer({ min: 0, max: 100_000 });
const nameAt = (seed: number, at: number, actions = ACTIONS): string =>
  plannedAction(actions, seed, at).action.name;

test("the same seed does the same actions with the same numbers, from wherever one begins", () => {
  fc.assert(
    fc.property(seeds, places, fc.integer({ min: 1, max: 30 }), (seed, from, count) => {
      const all = Array.from({ length: count }, (_, index) => plannedAction(ACTIONS, seed, from + index));
      const backwards = all
        .map((_, index) => plannedAction(ACTIONS, seed, from + count - 1 - index))
        .reverse();
      expect(backwards).toEqual(all);
      for (const { numbers } of all) expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    }),
  );
});

test("an action that is added changes a seed only where it is itself chosen", () => {
  const added = { name: "something new", weight: 4, do: () => Promise.resolve(null) };
  fc.assert(
    fc.property(seeds, places, (seed, at) => {
      const [first, ...others] = ACTIONS;
      const name = nameAt(seed, at, [first, ...others, added]);
      expect([added.name, nameAt(seed, at)]).toContain(name);
    }),
  );
});

test("each action is done as often as its weight says", () => {
  const many = 20_000;
  const done = new Map<string, number>();
  for (let index = 0; index < many; index++)
    done.set(nameAt(1, index), (done.get(nameAt(1, index)) ?? 0) + 1);
  const whole = ACTIONS.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of ACTIONS) {
    const share = weight / whole;
    const deviation = Math.sqrt(many * share * (1 - share));
    expect(Math.abs((done.get(name) ?? 0) - many * share), name).toBeLessThan(5 * deviation);
  }
});

test("names are unique: they decide what a seed does", () => {
  expect(new Set(ACTIONS.map(({ name }) => name)).size).toBe(ACTIONS.length);
});

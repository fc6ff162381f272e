import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyTable } from "./keyTable.ts";

/** Few and near keys, so that they collide and are removed and added again. */
const key = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }).map((n) => n * 2 ** 32 + 7),
  fc.integer({ min: 1, max: 2 ** 53 - 1 }),
);
const step = fc.record({ key, remove: fc.boolean(), value: fc.nat(), tag: fc.nat(3) });

function contents(table: KeyTable): Map<number, readonly [value: number, tag: number]> {
  const all = new Map<number, readonly [number, number]>();
  for (const held of table.keys()) {
    const slot = table.find(held);
    all.set(held, [table.values[slot] ?? NaN, table.tags[slot] ?? NaN]);
  }
  return all;
}

test("a table holds what a Map would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat(3), (steps, tag) => {
      const table = new KeyTable();
      const map = new Map<number, readonly [number, number]>();
      for (const { key: at, remove, value, tag: its } of steps) {
        const found = table.find(at);
        expect(found >= 0).toBe(map.has(at));
        if (remove) {
          if (found >= 0) table.remove(found);
          map.delete(at);
        } else {
          const slot = found < 0 ? table.add(at) : found;
          table.values[slot] = value;
          table.tags[slot] = its;
          map.set(at, [value, its]);
        }
        expect(table.size).toBe(map.size);
      }
      expect(contents(table)).toEqual(map);
      table.removeTagged(tag);
      for (const [at, [, its]] of map) if (its === tag) map.delete(at);
      expect(contents(table)).toEqual(map);
      expect(table.size).toBe(map.size);
      table.clear();
      expect(contents(table).size).toBe(0);
    }),
  );
});

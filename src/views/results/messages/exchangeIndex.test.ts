import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createExchangeIndex } from "./exchangeIndex.ts";

/** A record that only knows which exchanges there are, what they are, and whether they still may change. */
class Source {
  first = 1;
  last = 0;
  readonly good = new Set<number>();
  readonly open = new Set<number>();
  readonly lookedAtAgain = 4096;
  looked = 0;

  range(): { first: number; last: number } {
    return { first: this.first, last: this.last };
  }

  look(seq: number): { wanted: boolean; final: boolean } {
    this.looked += 1;
    return { wanted: this.good.has(seq), final: !this.open.has(seq) };
  }

  wanted(): number[] {
    return [...this.good].filter((seq) => seq >= this.first && seq <= this.last).toSorted((a, b) => b - a);
  }
}

const all = (index: ReturnType<typeof createExchangeIndex>): (number | undefined)[] =>
  Array.from({ length: index.count }, (_, place) => index.at(place));

describe("createExchangeIndex", () => {
  test("goes back in steps, newest first", () => {
    const source = new Source();
    source.last = 100;
    for (let seq = 1; seq <= 100; seq++) source.good.add(seq);
    const index = createExchangeIndex(source);
    expect(index.advance(30)).toBe(false);
    expect(all(index)).toEqual(source.wanted().slice(0, 30));
    index.advance(30);
    index.advance(30);
    expect(index.advance(30)).toBe(true);
    expect(all(index)).toEqual(source.wanted());
  });

  test("takes in one in flight that settles as wanted, long after", () => {
    const source = new Source();
    source.last = 3;
    source.open.add(2);
    const index = createExchangeIndex(source);
    index.advance(10);
    source.last = 20_000;
    index.advance(10);
    source.good.add(2);
    source.open.delete(2);
    index.advance(10);
    expect(all(index)).toEqual([2]);
  });

  test("does not look at everything again each time", () => {
    const source = new Source();
    source.last = 60_000;
    const index = createExchangeIndex(source);
    while (!index.advance(10_000)) {
      // until all was looked at
    }
    source.looked = 0;
    source.last += 250;
    index.advance(10_000);
    expect(source.looked).toBeLessThan(6_000);
  });

  test("holds nothing once the record was emptied, and goes on from there", () => {
    const source = new Source();
    source.last = 5;
    source.good.add(4);
    const index = createExchangeIndex(source);
    index.advance(2);
    source.first = 6;
    expect(index.advance(10)).toBe(true);
    expect(index.count).toBe(0);
    source.last = 7;
    source.good.add(7);
    index.advance(10);
    expect(all(index)).toEqual([7]);
  });

  test("says how many are newer than an exchange", () => {
    const source = new Source();
    source.last = 6;
    for (const seq of [2, 4, 6, 8, 9]) source.good.add(seq);
    const index = createExchangeIndex(source);
    index.advance(10);
    source.last = 10;
    index.advance(10);
    expect([9, 8, 6, 4, 2].map((seq) => index.newerThan(seq))).toEqual([0, 1, 2, 3, 4]);
    expect(index.newerThan(5)).toBe(3);
  });

  test("holds what the filter lets through, whatever happens meanwhile", () => {
    const step = fc.record({
      added: fc.nat({ max: 20 }),
      forgotten: fc.nat({ max: 10 }),
      turned: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
      budget: fc.integer({ min: 1, max: 15 }),
    });
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.array(step, { maxLength: 12 }), (before, steps) => {
        const source = new Source();
        source.last = before;
        for (let seq = 1; seq <= 400; seq += 3) source.good.add(seq);
        const index = createExchangeIndex(source);
        for (const { added, forgotten, turned, budget } of steps) {
          source.last += added;
          source.first = Math.min(source.last + 1, source.first + forgotten);
          for (const back of turned) {
            const seq = source.last - back;
            if (!source.good.delete(seq)) source.good.add(seq);
          }
          index.advance(budget);
        }
        for (let round = 0; round < 60; round++) index.advance(10);
        expect(all(index)).toEqual(source.wanted());
      }),
    );
  });
});

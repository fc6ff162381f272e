import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSemaphore } from "./semaphore.ts";

describe("a semaphore", () => {
  it("never grants more than its permits, grants each once, in order, whoever releases when", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.option(fc.nat(20)), { maxLength: 60 }),
        (most, steps) => {
          const semaphore = createSemaphore(most);
          const acquired: number[] = [];
          const gone = new Set<number>();
          const release: (() => void)[] = [];
          const go = (who: number): void => {
            gone.add(who);
            release[who]?.();
          };
          // null: one more comes; a number: that one releases, perhaps again.
          for (const step of steps) {
            const who = release.length;
            if (step === null) release.push(semaphore.acquire(() => void acquired.push(who)));
            else if (step < release.length) go(step);
            const inside = acquired.filter((other) => !gone.has(other)).length;
            const outside = release.filter(
              (_, other) => !acquired.includes(other) && !gone.has(other),
            ).length;
            expect(inside).toBeLessThanOrEqual(most);
            if (outside > 0) expect(inside).toBe(most);
          }
          expect(acquired).toEqual(acquired.toSorted((a, b) => a - b));
          expect(new Set(acquired).size).toBe(acquired.length);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate } from "./gate.ts";

describe("a gate", () => {
  it("never lets in more than it may, lets everybody in once, in order, whoever leaves when", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.option(fc.nat(20)), { maxLength: 60 }),
        (most, steps) => {
          const gate = createGate(most);
          const entered: number[] = [];
          const gone = new Set<number>();
          const leave: (() => void)[] = [];
          const go = (who: number): void => {
            gone.add(who);
            leave[who]?.();
          };
          // null: one more comes; a number: that one leaves, perhaps again.
          for (const step of steps) {
            const who = leave.length;
            if (step === null) leave.push(gate.queue(() => void entered.push(who)));
            else if (step < leave.length) go(step);
            const inside = entered.filter((other) => !gone.has(other)).length;
            const outside = leave.filter((_, other) => !entered.includes(other) && !gone.has(other)).length;
            expect(inside).toBeLessThanOrEqual(most);
            if (outside > 0) expect(inside).toBe(most);
          }
          expect(entered).toEqual(entered.toSorted((a, b) => a - b));
          expect(new Set(entered).size).toBe(entered.length);
        },
      ),
    );
  });
});

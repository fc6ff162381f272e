import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fifo } from "./fifo.ts";

/** Collects garbage now; a program is given no way to it unless it asks. */
function collect(): void {
  setFlagsFromString("--expose_gc");
  runInNewContext("gc()");
}

describe("a queue", () => {
  it("gives what was put in, in that order", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat()), { maxLength: 3000 }), (steps) => {
        const [fifo, model] = [new Fifo<number>(), [] as number[]];
        for (const step of steps) {
          if (step === null) expect(fifo.shift()).toBe(model.shift());
          else {
            model.push(step);
            fifo.push(step);
          }
          expect(fifo.length).toBe(model.length);
        }
        expect(fifo.drain()).toEqual(model);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps nothing that was taken out", async () => {
    const fifo = new Fifo<object>();
    const taken = ((): WeakRef<object> => {
      fifo.push({ large: true });
      return new WeakRef(fifo.shift() ?? {});
    })();
    fifo.push({});
    await new Promise(setImmediate);
    collect();
    expect(taken.deref()).toBeUndefined();
    expect(fifo.length).toBe(1);
  });
});

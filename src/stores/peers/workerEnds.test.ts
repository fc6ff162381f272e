import fc from "fast-check";
import { expect, test } from "vitest";
import { WorkerEnds } from "./workerEnds.ts";

/** Lets everything happen that waits for nothing. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("what workers of one peer report comes worker after worker, each with its end last, however slowly they end", async () => {
  const worker = fc.record({ before: fc.nat(3), lastWords: fc.nat(2), endsAfter: fc.nat(6) });
  await fc.assert(
    fc.asyncProperty(fc.array(worker, { minLength: 1, maxLength: 4 }), async (workers) => {
      const ends = new WorkerEnds<number>();
      const reported: string[] = [];
      const expected: string[] = [];
      const ending: { readonly after: number; readonly end: () => void }[] = [];
      for (const [number, { before, lastWords, endsAfter }] of workers.entries()) {
        const pass = ends.gate(1);
        const report = (what: string): void => {
          expected.push(`${number} ${what}`);
          pass(() => reported.push(`${number} ${what}`));
        };
        for (let event = 0; event < before; event++) report(`event ${event}`);
        let over = (): void => {};
        ends.end(1, new Promise((resolve) => (over = resolve)), () => reported.push(`${number} end`));
        for (let event = 0; event < lastWords; event++) report(`last ${event}`);
        expected.push(`${number} end`);
        ending.push({ after: endsAfter, end: over });
      }
      for (let step = 0; step <= 6; step++) {
        for (const { after, end } of ending) if (after === step) end();
        await turn();
      }
      expect(reported).toEqual(expected);
    }),
  );
});

test("a peer waits for no other, and a first worker for nothing", () => {
  const ends = new WorkerEnds<number>();
  ends.end(1, new Promise(() => {}), () => {});
  let runs = 0;
  ends.gate(2)(() => runs++);
  expect(runs).toBe(1);
});

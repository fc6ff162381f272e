import type { Comparison } from "../comparison.ts";
import type { Budget, Finding } from "../finding.ts";
import { heapOf, heapWords, type Heap } from "../heap.ts";
import { openProductPage } from "../productPage.ts";

const FIRST = 50_000;
const ALL = 500_000;

/** Whether memory grows with what was ever recorded. */
export const longRun: Comparison = {
  name: "long-run",
  what: `the heap after ${ALL} exchanges, against that after ${FIRST}`,
  measure: ({ stage, progress }) =>
    stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, 3);
      await product.plan({ inFlight: 64 }, { requests: FIRST });
      await product.runLoad();
      const before = await heapOf(tab);
      progress(`after ${FIRST}: ${heapWords(before)}`);
      await product.plan({ inFlight: 64 }, { requests: ALL - FIRST });
      await product.runLoad();
      const after = await heapOf(tab);
      progress(`after ${ALL}: ${heapWords(after)}`);
      const finding = (whose: string, of: (heap: Heap) => number, budget: Budget): Finding => ({
        what: `${whose} after ${ALL} exchanges`,
        unit: "MB",
        side: { name: `after ${ALL}`, rounds: [of(after)] },
        against: { name: `after ${FIRST}`, rounds: [of(before)] },
        budget,
      });
      const bounded: Budget = { of: "ratio", most: 1.1 };
      return [
        finding("heap of page and workers", ({ pageMb, workersMb }) => pageMb + workersMb, bounded),
        finding("page's heap", ({ pageMb }) => pageMb, bounded),
        finding("workers' heaps", ({ workersMb }) => workersMb, bounded),
      ];
    }),
};

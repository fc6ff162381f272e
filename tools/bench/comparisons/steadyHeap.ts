import type { Comparison } from "../comparison.ts";
import { heapOf, heapWords } from "../heap.ts";
import { openProductPage } from "../productPage.ts";

/** More than the record keeps, of events and of exchanges. */
const FILLING = 70_000;
const PER_SECOND = 1000;
const SECONDS = 60;

/** Whether a minute of steady load leaves the heap where it was, once the bounded record is full. */
export const steadyHeap: Comparison = {
  name: "steady-heap",
  what: `the heap before and after ${SECONDS} s at ${PER_SECOND} requests/s, with a full record`,
  measure: ({ stage, progress }) =>
    stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, 3);
      const fresh = await heapOf(tab);
      progress(`fresh: ${heapWords(fresh)}`);
      await product.plan({ inFlight: 64 }, { requests: FILLING });
      await product.runLoad();
      await product.plan({ perSecond: PER_SECOND }, { seconds: 3 });
      await product.runLoad();
      const before = await heapOf(tab);
      progress(`full: ${heapWords(before)}`);
      await product.plan({ perSecond: PER_SECOND }, { seconds: SECONDS });
      await product.runLoad();
      const after = await heapOf(tab);
      progress(`after ${SECONDS} s: ${heapWords(after)}`);
      return [
        {
          what: "page's heap when the record is full",
          unit: "MB",
          side: { name: "full", rounds: [before.pageMb] },
          against: { name: "fresh page", rounds: [fresh.pageMb] },
          budget: null,
        },
        {
          what: `page's heap after ${SECONDS} s at ${PER_SECOND}/s`,
          unit: "MB",
          side: { name: `after ${SECONDS} s`, rounds: [after.pageMb] },
          against: { name: "before", rounds: [before.pageMb] },
          budget: { of: "ratio", most: 1.1 },
        },
        {
          what: `workers' heaps after ${SECONDS} s at ${PER_SECOND}/s`,
          unit: "MB",
          side: { name: `after ${SECONDS} s`, rounds: [after.workersMb] },
          against: { name: "before", rounds: [before.workersMb] },
          budget: { of: "ratio", most: 1.1 },
        },
      ];
    }),
};

import type { Comparison } from "../comparison.ts";
import { heapOf } from "../heap.ts";
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
    stage.withPage(async (page) => {
      const product = await openProductPage(page, 3);
      const fresh = await heapOf(page);
      progress(`fresh: page ${fresh.pageMb.toFixed(1)} MB, workers ${fresh.workersMb.toFixed(1)} MB`);
      await product.runLoad({ inFlight: 64 }, { requests: FILLING });
      await product.runLoad({ perSecond: PER_SECOND }, { seconds: 3 });
      const before = await heapOf(page);
      progress(`full: page ${before.pageMb.toFixed(1)} MB, workers ${before.workersMb.toFixed(1)} MB`);
      await product.runLoad({ perSecond: PER_SECOND }, { seconds: SECONDS });
      const after = await heapOf(page);
      progress(
        `after ${SECONDS} s: page ${after.pageMb.toFixed(1)} MB, workers ${after.workersMb.toFixed(1)} MB`,
      );
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

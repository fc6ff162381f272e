import type { Comparison } from "../comparison.ts";
import { heapOf } from "../heap.ts";
import { openProductPage } from "../productPage.ts";

const FIRST = 50_000;
const ALL = 500_000;

/** Whether memory grows with what was ever recorded. */
export const longRun: Comparison = {
  name: "long-run",
  what: `the heap after ${ALL} exchanges, against that after ${FIRST}`,
  measure: ({ stage, progress }) =>
    stage.withPage(async (page) => {
      const product = await openProductPage(page, 3);
      await product.runLoad({ inFlight: 64 }, { requests: FIRST });
      const before = await heapOf(page);
      progress(
        `after ${FIRST}: page ${before.pageMb.toFixed(1)} MB, workers ${before.workersMb.toFixed(1)} MB`,
      );
      await product.runLoad({ inFlight: 64 }, { requests: ALL - FIRST });
      const after = await heapOf(page);
      progress(`after ${ALL}: page ${after.pageMb.toFixed(1)} MB, workers ${after.workersMb.toFixed(1)} MB`);
      const finding = (what: string, of: keyof typeof after) =>
        ({
          what,
          unit: "MB",
          side: { name: `after ${ALL}`, rounds: [after[of]] },
          against: { name: `after ${FIRST}`, rounds: [before[of]] },
          budget: { of: "ratio", most: 1.1 },
        }) as const;
      return [
        finding(`page's heap after ${ALL} exchanges`, "pageMb"),
        finding(`workers' heaps after ${ALL} exchanges`, "workersMb"),
      ];
    }),
};

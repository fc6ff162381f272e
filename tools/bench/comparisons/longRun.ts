import type { Comparison } from "../comparison.ts";
import { heapOf, heapWords } from "../heap.ts";
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

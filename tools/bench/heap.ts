import type { Tab } from "./browser.ts";
import { PAGE, withIsolates } from "./isolates.ts";

export interface Heap {
  /** After a collection, with the bytes behind typed arrays, in MB. */
  readonly pageMb: number;
  /** All workers together. */
  readonly workersMb: number;
}

/** What a page and its workers hold after everything that can be collected was. */
export function heapOf(tab: Tab): Promise<Heap> {
  return withIsolates(tab, async (isolates) => {
    let pageMb = 0;
    let workersMb = 0;
    for (const { name, session } of isolates) {
      // Twice: what the first collection finalises is freed by the second.
      await session.send("HeapProfiler.collectGarbage");
      await session.send("HeapProfiler.collectGarbage");
      const usage = await session.send("Runtime.getHeapUsage");
      const mb = (Number(usage["usedSize"]) + Number(usage["backingStorageSize"] ?? 0)) / 1e6;
      if (name === PAGE) pageMb += mb;
      else workersMb += mb;
    }
    return { pageMb, workersMb };
  });
}

export const heapWords = ({ pageMb, workersMb }: Heap): string =>
  `page ${pageMb.toFixed(1)} MB, workers ${workersMb.toFixed(1)} MB`;

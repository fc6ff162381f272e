import { setTimeout } from "node:timers/promises";
import type { Tab } from "./browser.ts";
import { PAGE, withIsolates } from "./isolates.ts";

export interface Heap {
  /** After a collection, with the bytes behind typed arrays, in MB. */
  readonly pageMb: number;
  /** All workers together. */
  readonly workersMb: number;
}

/** Workers give back what a busy time made them take with the next quiet event, and have one about each second. */
const REST_MS = 2500;

/** What a page and its workers hold after a rest, and after everything that can be collected was. */
export async function heapOf(tab: Tab): Promise<Heap> {
  await setTimeout(REST_MS);
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

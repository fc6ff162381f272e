import type { Page } from "@playwright/test";
import { isolatesOf } from "./isolates.ts";

export interface Heap {
  /** After a collection, with the bytes behind typed arrays, in MB. */
  readonly pageMb: number;
  /** All workers together. */
  readonly workersMb: number;
}

/** What a page and its workers hold after everything that can be collected was. */
export async function heapOf(page: Page): Promise<Heap> {
  const { isolates, detach } = await isolatesOf(page);
  let pageMb = 0;
  let workersMb = 0;
  for (const isolate of isolates) {
    // Twice: what the first collection finalises is freed by the second.
    await isolate.send("HeapProfiler.collectGarbage");
    await isolate.send("HeapProfiler.collectGarbage");
    const usage = await isolate.send("Runtime.getHeapUsage");
    const mb = (Number(usage["usedSize"]) + Number(usage["backingStorageSize"] ?? 0)) / 1e6;
    if (isolate.name === "page") pageMb += mb;
    else workersMb += mb;
  }
  await detach();
  return { pageMb, workersMb };
}

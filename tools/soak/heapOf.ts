import type { Page } from "@playwright/test";

/** The parts of Chromium's heap snapshot that are read here. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}

/**
 * What the page holds in its heap once nothing is left to collect, in MB. Code is left out: the browser compiles what runs often, more
 * of it the longer it runs and as it sees fit, by far more than a page's data. What lies outside of the heap is not counted either.
 */
export async function heapOf(page: Page): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  devTools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void chunks.push(chunk));
  await devTools.send("HeapProfiler.collectGarbage");
  await devTools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devTools.detach();
  return dataIn(JSON.parse(chunks.join("")) as Snapshot) / 1e6; // what Chromium writes
}

const NO_DATA = new Set(["code", "native", "hidden"]);

export function dataIn({ snapshot: { meta }, nodes }: Snapshot): number {
  const fields = meta.node_fields;
  const [types] = meta.node_types;
  const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
  let sum = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!NO_DATA.has(types[nodes[node + type] ?? 0] ?? "")) sum += nodes[node + size] ?? 0;
  }
  return sum;
}

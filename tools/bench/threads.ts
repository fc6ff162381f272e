import { readdir, readFile } from "node:fs/promises";

/** How much of a processor one thread took, in percent. */
interface ThreadShare {
  /** The program, what it is for, and the thread's own name. */
  readonly name: string;
  readonly share: number;
}

interface Spent {
  readonly name: string;
  readonly ticks: number;
}

/** Linux's own unit of processor times, as /proc shows them. */
const TICKS_PER_SECOND = 100;

/**
 * What the threads of this process and of all it has started take while `work` runs, the greediest first. A profile of
 * scripts says nothing about the browser's network process or the server, which share the processors with them. Empty
 * where there is no /proc.
 */
export async function threadShares(work: () => Promise<void>): Promise<readonly ThreadShare[]> {
  const before = await spentByThread();
  const startedAt = performance.now();
  await work();
  const after = await spentByThread();
  const seconds = (performance.now() - startedAt) / 1000;
  const shares = new Map<string, number>();
  for (const [id, { name, ticks }] of after) {
    const share = (100 * (ticks - (before.get(id)?.ticks ?? 0))) / TICKS_PER_SECOND / seconds;
    shares.set(name, (shares.get(name) ?? 0) + share);
  }
  return [...shares]
    .map(([name, share]) => ({ name, share }))
    .filter(({ share }) => share >= 0.5)
    .toSorted((a, b) => b.share - a.share);
}

async function spentByThread(): Promise<Map<string, Spent>> {
  const spent = new Map<string, Spent>();
  for (const pid of await descendants(process.pid)) {
    const words = (await read(`/proc/${pid}/cmdline`)).split("\0");
    const program = words[0]?.split("/").at(-1)?.split(" ")[0] ?? "";
    const type = words.join(" ").match(/--(?:utility-sub-)?type=([\w.]+)(?!.*--utility-sub-type)/)?.[1] ?? "";
    for (const thread of await list(`/proc/${pid}/task`)) {
      const stat = await read(`/proc/${pid}/task/${thread}/stat`);
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const own = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
      const ticks = Number(fields[11]) + Number(fields[12]);
      spent.set(thread, { name: [program, type, own].filter((word) => word !== "").join(" "), ticks });
    }
  }
  return spent;
}

async function descendants(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await list("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = await read(`/proc/${pid}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (let index = 0; index < found.length; index++) found.push(...(children.get(found[index] ?? 0) ?? []));
  return found;
}

// Threads end while they are listed.
const read = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
const list = (path: string): Promise<string[]> => readdir(path).catch(() => []);

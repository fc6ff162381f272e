/** A profile as the DevTools protocol gives it, as far as it is read here. Times in µs. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface HotFunction {
  readonly name: string;
  /** Of the time that the profile covers, in percent: in the function itself, and with what it called. */
  readonly self: number;
  readonly total: number;
}

/** The functions in which most time passed, the hottest first; what was idle is left out. */
export function hotFunctions({ nodes, samples, timeDeltas }: CpuProfile, most: number): HotFunction[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const selfUs = new Map<string, number>();
  const totalUs = new Map<string, number>();
  const nameOf = (id: number): string => {
    const frame = byId.get(id)?.callFrame;
    if (!frame) return "?";
    const file = frame.url.split("/").at(-1)?.split("?")[0] ?? "";
    return `${frame.functionName || "(anonymous)"}${file === "" ? "" : ` ${file}:${frame.lineNumber + 1}`}`;
  };
  let wholeUs = 0;
  for (const [at, id] of samples.entries()) {
    const us = timeDeltas[at] ?? 0;
    wholeUs += us;
    selfUs.set(nameOf(id), (selfUs.get(nameOf(id)) ?? 0) + us);
    // A function that calls itself counts once.
    const chain = new Set<string>();
    for (let next: number | undefined = id; next !== undefined; next = parents.get(next))
      chain.add(nameOf(next));
    for (const name of chain) totalUs.set(name, (totalUs.get(name) ?? 0) + us);
  }
  const percent = (us: number): number => (100 * us) / wholeUs;
  return [...selfUs]
    .filter(([name]) => name !== "(idle)" && name !== "(root)")
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, us]) => ({ name, self: percent(us), total: percent(totalUs.get(name) ?? 0) }));
}

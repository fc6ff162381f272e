import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { ROOT } from "../paths.ts";

/**
 * Parts of soaks that failed once. A soak that fails adds its own; e2e/soak.spec.ts does them again, each in a page just opened.
 * Commit what was added with the repair. A part that no longer fails without the repair may go.
 */
const KEPT_SEEDS = join(ROOT, "tools", "soak", "keptSeeds.json");

/** So many actions up to the one that failed are kept: what a failure needs happened mostly shortly before. */
const MOST_KEPT_ACTIONS = 30;

const seedSchema = v.strictObject({
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Where the part begins, counted from 0. */
  from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  actions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_KEPT_ACTIONS)),
  /** What did not hold. */
  failed: v.pipe(v.string(), v.nonEmpty()),
});
export type KeptSeed = v.InferOutput<typeof seedSchema>;

/** Throws where the file is not as it should be. */
export function readKeptSeeds(): readonly KeptSeed[] {
  return v.parse(v.array(seedSchema), JSON.parse(readFileSync(KEPT_SEEDS, "utf8")));
}

/** The part of a run up to the action that failed, which is the last that was done of those from `from` on. */
export function failedRun(seed: number, from: number, done: number, failed: string): KeptSeed {
  const actions = Math.min(Math.max(done, 1), MOST_KEPT_ACTIONS);
  return { seed, from: from + Math.max(done, 1) - actions, actions, failed };
}

export async function keepSeed(kept: KeptSeed): Promise<void> {
  const all = readKeptSeeds().filter(({ seed, from }) => seed !== kept.seed || from !== kept.from);
  await writeFile(KEPT_SEEDS, `${JSON.stringify([...all, kept], null, 2)}\n`);
}

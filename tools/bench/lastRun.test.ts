import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "./finding.ts";
import { lastRows, mergedRows, readLastRows, slowdowns } from "./lastRun.ts";

const finding = (
  what: string,
  unit: string,
  rounds: readonly number[],
  other: readonly number[] | null = null,
): Finding => ({
  what,
  unit,
  side: { name: "Roundtrip", rounds },
  against: other && { name: "bare", rounds: other },
  budget: null,
});
const rows = (...findings: readonly Finding[]) => lastRows(findings);

test("a rate that is lower in every round is said, one whose rounds overlap is not", () => {
  const then = rows(finding("loop", "/s", [100, 110, 105]));
  expect(slowdowns(then, rows(finding("loop", "/s", [80, 90, 85])))).toEqual([
    "Worse than in the last run: loop is 85.0 /s, was 105 /s.",
  ]);
  expect(slowdowns(then, rows(finding("loop", "/s", [80, 101, 85])))).toEqual([]);
  expect(slowdowns(then, rows(finding("loop", "/s", [200, 210, 190])))).toEqual([]);
});

test("a time is worse when it is longer, and 4 % are no news", () => {
  const then = rows(finding("start", "ms", [100, 101]));
  expect(slowdowns(then, rows(finding("start", "ms", [104, 104])))).toEqual([]);
  expect(slowdowns(then, rows(finding("start", "ms", [120, 121])))).toHaveLength(1);
  expect(slowdowns(then, rows(finding("start", "ms", [80, 81])))).toEqual([]);
});

test("where there is another side its ratio counts: a machine that is slower by half is no news", () => {
  const then = rows(finding("loop", "/s", [300, 320], [100, 100]));
  expect(slowdowns(then, rows(finding("loop", "/s", [150, 160], [50, 50])))).toEqual([]);
  expect(slowdowns(then, rows(finding("loop", "/s", [150, 160], [100, 100])))).toEqual([
    "Worse than in the last run: loop against bare is 1.55 ×, was 3.10 ×.",
  ]);
});

test("one round tells nothing, and neither does a row that was not there", () => {
  expect(slowdowns(rows(finding("a", "/s", [100])), rows(finding("a", "/s", [10])))).toEqual([]);
  expect(slowdowns([], rows(finding("a", "/s", [10, 10])))).toEqual([]);
});

test("a run of some comparisons keeps the rows of the others", () => {
  const before = rows(finding("a", "/s", [1, 1]), finding("b", "ms", [2, 2]));
  const merged = mergedRows(before, rows(finding("b", "ms", [3, 3])));
  expect(merged.map(({ what, rounds }) => [what, ...rounds])).toEqual([
    ["a", 1, 1],
    ["b", 3, 3],
  ]);
});

test("what cannot be read counts as no earlier run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const file = join(folder, "last.json");
  expect(await readLastRows(file)).toEqual([]);
  await writeFile(file, "{ half");
  expect(await readLastRows(file)).toEqual([]);
  const kept = rows(finding("a", "/s", [1, 2]));
  await writeFile(file, JSON.stringify([...kept, { what: "broken", rounds: "x" }, null]));
  expect(await readLastRows(file)).toEqual(kept);
  await rm(folder, { recursive: true });
});

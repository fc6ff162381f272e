import { readdir, readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths.ts";
import { PARTS, reachedSpecs } from "./reach.ts";

test("a change in one part reaches the tests of that part", () => {
  expect(reachedSpecs(["src/views/embed/Embed.tsx"])).toEqual(["e2e/embed.spec.ts"]);
  expect(reachedSpecs(["src/views/wire/WireTab.tsx", "e2e/load.spec.ts"])).toEqual([
    "e2e/accessibility.spec.ts",
    "e2e/load.spec.ts",
    "e2e/trace.spec.ts",
    "e2e/wire.spec.ts",
  ]);
});

test("a change of what everything uses reaches all tests", () => {
  expect(reachedSpecs(["src/views/embed/Embed.tsx", "src/domain/base/formats.ts"])).toBe("all");
  expect(reachedSpecs(["e2e/pages/Playground.ts"])).toBe("all");
  expect(reachedSpecs(["package-lock.json"])).toBe("all");
});

test("documents, unit tests and tools beside the product reach none", () => {
  expect(
    reachedSpecs(["README.md", "docs/bench.md", "src/domain/base/formats.test.ts", "knip.json"]),
  ).toEqual([]);
});

test("every test file that is named is there", async () => {
  const there = new Set(await readdir(join(ROOT, "e2e"), { recursive: true }));
  const named = PARTS.flatMap(({ specs }) => specs.map((spec) => `${spec}.spec.ts`));
  expect(named.filter((spec) => !there.has(spec))).toEqual([]);
});

test("nothing outside a part imports it, but for the first file that is loaded of it", async () => {
  const names = (await readdir(join(ROOT, "src"), { recursive: true })).map((name) =>
    name.replaceAll("\\", "/"),
  );
  const sources = names.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name));
  const intruders: string[] = [];
  for (const name of sources) {
    const file = `src/${name}`;
    const text = await readFile(join(ROOT, file), "utf8");
    for (const [, specifier = ""] of text.matchAll(/(?:from|import) "(\.[^"?]+)/g)) {
      const target = posix.normalize(posix.join(dirname(file), specifier));
      const part = PARTS.find(({ folders }) => folders.some((folder) => target.startsWith(folder)));
      if (!part) continue;
      if ([...part.folders, ...part.openedBy].some((folder) => file.startsWith(folder))) continue;
      intruders.push(`${file} → ${target}`);
    }
  }
  expect(intruders).toEqual([]);
});

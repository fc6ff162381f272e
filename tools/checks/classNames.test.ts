import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths.ts";

const VIEWS = join(ROOT, "src/views");

/** The texts of the views' files of this kind, by their names. */
async function textsOf(extension: string): Promise<readonly (readonly [file: string, text: string])[]> {
  const files = (await readdir(VIEWS, { recursive: true })).filter((file) => file.endsWith(extension));
  return Promise.all(files.map(async (file) => [file, await readFile(join(VIEWS, file), "utf8")] as const));
}

/** Those that stand as they are written; names that are put together while the page runs are not seen here. */
const classesIn = (source: string): string[] =>
  [...source.matchAll(/className="([^"]+)"/g)].flatMap(([, names = ""]) => names.split(/\s+/));

test("every class that a view names has a rule", async () => {
  const styles = (await textsOf(".css")).map(([, text]) => text).join("\n");
  const ruled = new Set([...styles.matchAll(/\.([\w-]+)/g)].map(([, name]) => name));
  for (const [file, source] of await textsOf(".tsx")) {
    expect(
      classesIn(source).filter((name) => !ruled.has(name)),
      file,
    ).toEqual([]);
  }
});

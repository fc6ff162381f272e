import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseScenario } from "../../src/domain/setup/scenarioSchema.ts";
import { ROOT } from "../paths.ts";

const read = (path: string): Promise<string> => readFile(join(ROOT, path), "utf8");

test("docs/playwright.md quotes the test that it shows, word for word", async () => {
  const spec = await read("e2e/scenario-link.spec.ts");
  expect(await read("docs/playwright.md")).toContain(`\`\`\`ts\n${spec}\`\`\``);
});

test("the scenario in docs/scenario.md is one", async () => {
  const json = /```json\n([^]*?)```/.exec(await read("docs/scenario.md"))?.[1] ?? "";
  expect(parseScenario(JSON.parse(json))).toMatchObject({ ok: true });
});

test("every page of docs is led to from the README or from another", async () => {
  const pages = ["README.md", ...(await docPages())];
  const texts = await Promise.all(pages.map(read));
  for (const page of await docPages()) {
    const name = page.slice("docs/".length);
    expect(
      texts.some((text, index) => pages[index] !== page && text.includes(name)),
      page,
    ).toBe(true);
  }
});

test("what the documents lead to is there", async () => {
  for (const page of ["README.md", ...(await docPages())]) {
    const folder = page.startsWith("docs/") ? "docs/" : "";
    for (const [, target = ""] of (await read(page)).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g))
      await expect(read(`${folder}${target}`), `${page} leads to ${target}`).resolves.toBeTruthy();
  }
});

async function docPages(): Promise<string[]> {
  return (await readdir(join(ROOT, "docs")))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
}

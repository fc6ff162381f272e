import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../tools/paths.ts";
import { parseScenario, scenarioDocument } from "../domain/setup/scenarioSchema.ts";
import { HANDLERS } from "../handlers/catalogue.ts";
import { decodeScenario, encodeScenario } from "../stores/setup/scenarioLink.ts";
import { ENTRIES } from "./catalogue.ts";

const PICTURES = join(ROOT, "public/gallery");

test.each(ENTRIES.map((entry) => [entry.id, entry] as const))(
  "%s is a valid scenario, and a link brings it unchanged",
  async (_id, { scenario, title }) => {
    expect(parseScenario(scenarioDocument(scenario))).toEqual({ ok: true, scenario });
    expect(await decodeScenario(await encodeScenario(scenario))).toEqual({ ok: true, scenario });
    expect(scenario.title).toBe(title);
    expect(scenario.note).toBeTruthy();
  },
);

test.each(ENTRIES.map((entry) => [entry.id, entry] as const))(
  "%s has a picture in light and in dark",
  async (id) => {
    for (const theme of ["light", "dark"]) {
      const picture = await readFile(join(PICTURES, `${id}-${theme}.webp`));
      expect(picture.subarray(0, 4).toString() + picture.subarray(8, 12).toString()).toBe("RIFFWEBP");
    }
  },
);

test("there are no other pictures, and all of them are small", async () => {
  const files = await readdir(PICTURES);
  expect(files.toSorted()).toEqual(
    ENTRIES.flatMap(({ id }) => [`${id}-dark.webp`, `${id}-light.webp`]).toSorted(),
  );
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(PICTURES, file))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
});

test("ids and titles are unique, and each entry's first action is one of its requesters'", () => {
  expect(new Set(ENTRIES.map(({ id }) => id)).size).toBe(ENTRIES.length);
  expect(new Set(ENTRIES.map(({ title }) => title)).size).toBe(ENTRIES.length);
  for (const { first, scenario } of ENTRIES) {
    expect(first.length).toBeGreaterThan(0);
    for (const { from } of first) expect(scenario.setup.requesters.map(({ name }) => name)).toContain(from);
  }
});

test("nothing in the gallery needs to be agreed to: built-in handlers only, and no server", () => {
  for (const { scenario } of ENTRIES) {
    expect(scenario.server).toBeUndefined();
    for (const { handler } of scenario.setup.responders)
      expect(HANDLERS.map(({ id }) => id)).toContain(handler.kind === "builtin" && handler.id);
  }
});

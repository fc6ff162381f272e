import { join } from "node:path";
import { expect, test } from "vitest";
import { licenceFile, moduleOf, packagesOf } from "./licences.ts";
import { ROOT } from "./paths.ts";

test("modules lead to their packages, each once, with their own texts", () => {
  const packages = packagesOf([
    join(ROOT, "node_modules/nats.ws/esm/nats.js"),
    join(ROOT, "node_modules/nats.ws/esm/nats.js?worker"),
    join(ROOT, "node_modules/@codemirror/state/dist/index.js"),
    join(ROOT, "node_modules/@fontsource-variable/source-sans-3/index.css?used"),
    join(ROOT, "src/main.tsx"),
    "\0vite/preload-helper.js",
  ]);
  expect(packages.map(({ name }) => name)).toEqual([
    "@codemirror/state",
    "@fontsource-variable/source-sans-3",
    "nats.ws",
  ]);
  expect(packages.map(({ text }) => text.length > 500)).toEqual([true, true, true]);
  expect(packages[1]?.text).toContain("SIL OPEN FONT LICENSE");
});

test("of Vite's licence it takes Vite's own part", () => {
  const [vite] = packagesOf([moduleOf(ROOT, "vite")]);
  expect(vite?.text).toContain("MIT License");
  expect(vite?.text.length).toBeLessThan(3000);
});

test("packages with one text share it", () => {
  const of = (name: string, text: string) => ({ name, version: "1", licence: "MIT", text });
  const file = licenceFile("head", [of("a", "one text"), of("b", "another"), of("c", "one text")]);
  expect(file.match(/one text/g)).toHaveLength(1);
  expect(file).toMatch(/a 1 \(MIT\)\nc 1 \(MIT\)\n-+\n\none text/);
});

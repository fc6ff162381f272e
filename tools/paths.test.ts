import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder, packageProgram, ROOT } from "./paths.ts";

test("the root is where package.json is", () => {
  expect(existsSync(join(ROOT, "package.json"))).toBe(true);
});

test("each system has its place for what was fetched, which a person can change", () => {
  const folder = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): string =>
    cacheFolder(env, platform, "home").replaceAll("\\", "/");
  expect(folder("linux")).toBe("home/.cache/roundtrip");
  expect(folder("linux", { XDG_CACHE_HOME: "xdg" })).toBe("xdg/roundtrip");
  expect(folder("darwin")).toBe("home/Library/Caches/roundtrip");
  expect(folder("win32")).toBe("home/AppData/Local/roundtrip");
  expect(folder("win32", { LOCALAPPDATA: "local" })).toBe("local/roundtrip");
  expect(folder("darwin", { ROUNDTRIP_CACHE: "mine" })).toBe("mine");
});

test("programs of packages are where they are said to be", () => {
  for (const [name, path] of [
    ["oxlint", "bin/oxlint"],
    ["typescript", "bin/tsc"],
    ["knip", "bin/knip.js"],
    ["prettier", "bin/prettier.cjs"],
    ["@playwright/test", "cli.js"],
  ] as const) {
    expect(existsSync(packageProgram(name, path)), name).toBe(true);
  }
});

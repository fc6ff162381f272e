import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chromiumFlags } from "./chromiumFlags.ts";
import { CHROMIUM_VARIABLE, findChromium } from "./findChromium.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-browser-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function putBrowser(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const silent = (): void => {};

// Stand-ins for browsers are shell scripts, which Windows does not run.
test.skipIf(process.platform === "win32")("the browser that a person names, if it runs", async () => {
  const path = await putBrowser("mine", 'echo "Chromium 140.0.1"');
  expect(await findChromium(silent, { [CHROMIUM_VARIABLE]: path })).toBe(path);
});

test.skipIf(process.platform === "win32")("one that lacks a library is an error with its words", async () => {
  const path = await putBrowser(
    "broken",
    "echo 'error while loading shared libraries: libnss3.so' >&2; exit 127",
  );
  await expect(findChromium(silent, { [CHROMIUM_VARIABLE]: path })).rejects.toThrow("libnss3.so");
});

test("one that is not there is an error, not a reason to take another", async () => {
  const env = { ...process.env, [CHROMIUM_VARIABLE]: join(folder, "none") };
  await expect(findChromium(silent, env)).rejects.toThrow(
    /ROUNDTRIP_CHROMIUM names no browser[^]*does not exist/,
  );
});

test("only root runs without the sandbox", () => {
  expect(chromiumFlags(true)).toContain("--no-sandbox");
  expect(chromiumFlags(false)).not.toContain("--no-sandbox");
});

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageProgram, ROOT } from "./paths.ts";
import { withProgress, type Say } from "./progress.ts";
import { run } from "./run.ts";

export const BUILT = join(ROOT, "dist");
const STAMP = join(BUILT, ".built-from");
const BUILD_MS = 5 * 60_000;
const SOURCES = [
  "src",
  "public",
  "tools/vite",
  "tools/licences.ts",
  "tools/server/policy.ts",
  "index.html",
  "vite.config.ts",
  "package-lock.json",
];

/** Builds the page into `dist/`, unless what is there was built from the very same sources. */
export async function buildPage(say: Say): Promise<void> {
  const sources = await fingerprint();
  if ((await readFile(STAMP, "utf8").catch(() => "")) === sources) return;
  // In a process of its own, which takes the builder's hundreds of megabytes with it when it ends.
  const args = [packageProgram("vite", "bin/vite.js"), "build", "--logLevel", "error"];
  const { code, stdout, stderr } = await withProgress(say, "Building the page", () =>
    run(process.execPath, args, { cwd: ROOT, timeoutMs: BUILD_MS }),
  );
  if (code !== 0) throw new Error(`The page could not be built.\n${stderr}${stdout}`);
  await writeFile(STAMP, sources);
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) await addTo(hash, source);
  return hash.digest("hex");
}

async function addTo(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const entries = await readdir(join(ROOT, path), { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    hash.update(path).update(await readFile(join(ROOT, path)));
    return;
  }
  for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    await addTo(hash, `${path}/${name}`);
}

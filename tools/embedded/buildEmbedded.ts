import { createHash } from "node:crypto";
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { InTabManifest } from "../../src/domain/server/inTabServer.ts";
import { ROOT } from "../paths.ts";
import { withProgress, type Say } from "../progress.ts";
import { buildWithDebian } from "./debianBuild.ts";
import { buildWithGo, type Built } from "./goBuild.ts";

/** Served beside the page; never committed. */
const EMBEDDED = join(ROOT, "public", "embedded");
const MANIFEST = "manifest.json";
const STAMP = ".built-from";
const PROGRAM = join(ROOT, "embedded");

interface Way {
  readonly what: string;
  readonly build: (workFolder: string) => Promise<Built>;
}

/** The way that is quick where it is open at all. */
export const WITH_GO: Way = {
  what: "Building nats-server for the browser with Go, which takes minutes once",
  build: buildWithGo,
};

const WAYS: readonly Way[] = [
  WITH_GO,
  { what: "Building nats-server for the browser with Debian's packages", build: buildWithDebian },
];

/** What goes with the manifest. */
const FILES = ["nats-server.wasm.gz", "nats-server.wasm.br", "wasm_exec.js", "licenses.txt"] as const;

/** What was built, if it is all there and was built from the program as it is now; else null. */
export async function builtEmbedded(folder = EMBEDDED): Promise<InTabManifest | null> {
  try {
    if ((await readFile(join(folder, STAMP), "utf8")) !== (await fingerprint())) return null;
    await Promise.all(FILES.map((file) => access(join(folder, file))));
    return JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as InTabManifest; // written below
  } catch {
    return null;
  }
}

/**
 * Builds the nats-server that runs in a browser into `public/embedded/`, unless it is there already. Throws an error for people,
 * which says what was tried and what to do.
 */
export async function buildEmbedded(say: Say, ways: readonly Way[] = WAYS): Promise<InTabManifest> {
  const there = await builtEmbedded();
  if (there) return there;
  const tried: string[] = [];
  for (const { what, build } of ways) {
    const workFolder = await mkdtemp(join(tmpdir(), "roundtrip-embedded-"));
    try {
      const built = await withProgress(say, what, () => build(workFolder));
      return await withProgress(say, "Compressing it", () => keep(built));
    } catch (error) {
      tried.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }
  throw new Error(failure(tried));
}

async function keep({ wasm, runtime, version, go, licences }: Built): Promise<InTabManifest> {
  const program = await readFile(wasm);
  const [gzipped, brotlied] = await Promise.all([
    promisify(gzip)(program, { level: 9 }),
    promisify(brotliCompress)(program, {
      params: {
        // The highest quality takes a minute, for 6 % less.
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: program.length,
      },
    }),
  ]);
  const manifest: InTabManifest = {
    version,
    go,
    hash: createHash("sha256").update(program).digest("hex"),
    size: program.length,
    gzip: gzipped.length,
    brotli: brotlied.length,
  };
  await rm(EMBEDDED, { recursive: true, force: true });
  await mkdir(EMBEDDED, { recursive: true });
  await writeFile(join(EMBEDDED, "nats-server.wasm.gz"), gzipped);
  await writeFile(join(EMBEDDED, "nats-server.wasm.br"), brotlied);
  await copyFile(runtime, join(EMBEDDED, "wasm_exec.js"));
  await writeFile(join(EMBEDDED, "licenses.txt"), licences);
  await writeFile(join(EMBEDDED, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(EMBEDDED, STAMP), await fingerprint());
  return manifest;
}

export async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(PROGRAM)).toSorted())
    hash.update(name).update(await readFile(join(PROGRAM, name)));
  return hash.digest("hex");
}

function failure(tried: readonly string[]): string {
  return [
    "The nats-server for the browser could not be built.",
    "",
    ...tried.map((line) => `  - ${line}`),
    "",
    "It needs Go 1.26 or newer, and Go's module proxy:",
    "  macOS            brew install go",
    "  Debian, Ubuntu   https://go.dev/doc/install   (or: sudo apt-get install golang-go, then it fetches a newer one)",
    "  Windows          winget install GoLang.Go",
    "Then: npm run build:embedded",
  ].join("\n");
}

import type { InTabManifest } from "../domain/server/inTabServer.ts";

export interface Program {
  readonly module: WebAssembly.Module;
  readonly manifest: InTabManifest;
}

/** Fetched and kept under this name. */
const CACHE = "roundtrip-embedded";

/**
 * Fetches and compiles the nats-server beside a page. What was fetched once is kept, so that later visits need no network.
 * Rejects with an error for people. `base` is the address of the page's folder; `onProgress` is told bytes.
 */
export async function fetchProgram(
  base: string,
  onProgress: (loaded: number, total: number) => void,
): Promise<Program> {
  const folder = new URL("embedded/", base);
  const cache = await openCache();
  const manifest = await fetchManifest(new URL("manifest.json", folder), cache);
  const { format, file, total } = wayToCarry(manifest);
  // The hash in the address makes a newer program another file for every cache on the way.
  const url = new URL(`${file}?${manifest.hash.slice(0, 16)}`, folder);

  const kept = await cache?.match(url);
  const response = kept ?? (await fetchKept(url, cache));
  if (!response.body) throw new Error(`${url.href} came empty.`);
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.length;
        onProgress(Math.min(loaded, total), total);
        controller.enqueue(chunk);
      },
    }),
  );
  const bytes = await unpacked(counted, format);
  const wasm = new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
  try {
    return { module: await WebAssembly.compileStreaming(wasm), manifest };
  } catch (error) {
    // What is damaged must not be found again.
    await cache?.delete(url);
    throw new Error(`The nats-server at ${url.href} cannot be compiled: ${wordsOf(error)}.`, {
      cause: error,
    });
  }
}

/** The Go runtime's other half, which puts `Go` into the worker's global scope. */
export async function loadGoRuntime(base: string, { hash }: InTabManifest): Promise<void> {
  const cache = await openCache();
  const url = new URL(`embedded/wasm_exec.js?${hash.slice(0, 16)}`, base);
  // Fetched for the cache, so that it is there offline; run from its address, as the page's policy wants it.
  if (cache && !(await cache.match(url))) await fetchKept(url, cache);
  await import(/* @vite-ignore */ url.href);
}

async function fetchManifest(url: URL, cache: Cache | null): Promise<InTabManifest> {
  let response: Response | undefined;
  try {
    response = await fetch(url, { cache: "no-cache" });
  } catch {
    // Offline: the one of the last visit.
    response = await cache?.match(url);
    if (!response)
      throw new Error("The nats-server for this browser cannot be fetched: there is no network.");
  }
  const manifest = response.ok
    ? readManifest(
        await response
          .clone()
          .json()
          .catch(() => null),
      )
    : null;
  if (!manifest) {
    throw new Error(
      "This page was published without a nats-server for the browser. Connect it to a server elsewhere.",
    );
  }
  await cache?.put(url, response).catch(() => {}); // Storage is full: it works without.
  return manifest;
}

function readManifest(found: unknown): InTabManifest | null {
  if (typeof found !== "object" || found === null) return null;
  const text = (key: string): string => String(Reflect.get(found, key) ?? "");
  const count = (key: string): number => Number(Reflect.get(found, key) ?? 0);
  const hash = text("hash");
  if (!/^[0-9a-f]{64}$/.test(hash)) return null;
  return {
    version: text("version"),
    go: text("go"),
    hash,
    size: count("size"),
    gzip: count("gzip"),
    brotli: count("brotli"),
  };
}

/** Brotli is a fifth smaller, but not every browser unpacks it for a page. Neither needs anything of the host. */
function wayToCarry({ gzip, brotli }: InTabManifest) {
  if (brotli > 0 && unpacks("brotli")) {
    return { format: "brotli", file: "nats-server.wasm.br", total: brotli } as const;
  }
  return { format: "gzip", file: "nats-server.wasm.gz", total: gzip } as const;
}

function unpacks(format: string): boolean {
  try {
    return Boolean(Reflect.construct(DecompressionStream, [format]));
  } catch {
    return false;
  }
}

async function fetchKept(url: URL, cache: Cache | null): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new Error("The nats-server for this browser cannot be fetched: there is no network.", {
      cause: error,
    });
  }
  if (!response.ok) throw new Error(`${url.href} cannot be fetched: the host answers ${response.status}.`);
  if (cache) {
    const copy = response.clone();
    void forgetOthers(cache, url)
      .then(() => cache.put(url, copy))
      .catch(() => {}); // Storage is full, or the fetch was broken off, which the other half of the body tells.
  }
  return response;
}

/** Earlier versions of a file are of no use any more. */
async function forgetOthers(cache: Cache, url: URL): Promise<void> {
  for (const { url: kept } of await cache.keys()) {
    if (new URL(kept).pathname === url.pathname && kept !== url.href) await cache.delete(kept);
  }
}

const WASM = [0x00, 0x61, 0x73, 0x6d] as const;

/** Some hosts announce a packed file as packed, and then the browser has unpacked it already. */
async function unpacked(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  format: "gzip" | "brotli",
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const reader = body.getReader();
  const first = await reader.read();
  const start = first.value ?? new Uint8Array();
  const again = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(start),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  if (WASM.every((byte, index) => start[index] === byte)) return again;
  // The types know of no brotli yet.
  return again.pipeThrough(new DecompressionStream(format as CompressionFormat));
}

/** Null where pages may keep nothing: over plain http from another machine, or in some private windows. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

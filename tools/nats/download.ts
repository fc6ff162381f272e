import { createHash } from "node:crypto";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { complaint, run } from "../run.ts";
import type { ReleaseArchive } from "./release.ts";

/** So long without an answer, or without another byte, and the network is taken to be absent. */
const SILENCE_MS = 15_000;
const MOST_BYTES = 100 * 1024 * 1024;

export interface Download {
  readonly archive: ReleaseArchive;
  /** Where the binary shall be; its folder is made. */
  readonly target: string;
  /** An empty folder to work in, on the same file system as the target. */
  readonly workFolder: string;
  readonly detail: (words: string) => void;
}

/** Downloads an archive, checks its sum and puts the nats-server in it at `target`. Throws with the reason when it cannot. */
export async function downloadNatsServer({ archive, target, workFolder, detail }: Download): Promise<void> {
  const bytes = await fetchBytes(archive.url, detail);
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sum !== archive.sha256) {
    throw new Error(
      `what ${archive.url} gave is not the pinned release: its SHA-256 is ${sum}, not ${archive.sha256}. It was thrown away.`,
    );
  }
  const unpacked =
    archive.kind === "zip" ? await unzip(bytes, workFolder) : await untar(bytes, archive.url, workFolder);
  await chmod(unpacked, 0o755);
  await mkdir(dirname(target), { recursive: true });
  // Renaming is atomic: another start never sees half a binary.
  await rename(unpacked, target);
}

async function fetchBytes(url: string, detail: (words: string) => void): Promise<Buffer> {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
    const total = Number(response.headers.get("content-length") ?? 0);
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of response.body) {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE_MS);
      chunks.push(chunk);
      received += chunk.length;
      if (received > MOST_BYTES) throw new Error(`${url} is larger than any release; given up`);
      const megabytes = (received / 1e6).toFixed(1);
      detail(total > 0 ? `${megabytes} of ${(total / 1e6).toFixed(1)} MB` : `${megabytes} MB`);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (abort.signal.aborted)
      throw new Error(`${url} was silent for ${SILENCE_MS / 1000} s`, { cause: error });
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
    throw new Error(`${error instanceof Error ? error.message : String(error)}${cause}`, { cause: error });
  } finally {
    clearTimeout(silence);
  }
}

async function untar(bytes: Buffer, url: string, folder: string): Promise<string> {
  const archive = join(folder, "release.tar.gz");
  await writeFile(archive, bytes);
  const { code, stderr } = await run("tar", ["-xzf", archive, "-C", folder, "--strip-components", "1"], {
    timeoutMs: 60_000,
  });
  if (code !== 0) throw new Error(`${url} could not be unpacked: ${complaint(stderr)}`);
  return join(folder, "nats-server");
}

/** Puts the nats-server of an archive into `folder`, and gives its path. */
export async function unzip(bytes: Uint8Array, folder: string): Promise<string> {
  const isBinary = (name: string): boolean => /(^|\/)nats-server(\.exe)?$/.test(name);
  const [content] = Object.values(unzipSync(bytes, { filter: ({ name }) => isBinary(name) }));
  if (!content) throw new Error("the archive holds no nats-server");
  const path = join(folder, "nats-server.exe");
  await writeFile(path, content);
  return path;
}

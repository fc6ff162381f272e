import { cp, lstat, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../paths.ts";
import { complaint, run } from "../run.ts";
import { buildWith, type Built } from "./goBuild.ts";
import { licencesOfPackages } from "./goLicences.ts";

/** Go itself, and the sources of nats-server and of all that it stands on, as Debian 12 packages them. */
const WANTED = ["golang-1.19-go", "golang-1.19-src", "golang-github-nats-io-nats-server-dev"];
const OPTIONS = { timeoutMs: 5 * 60_000 };

/**
 * Builds with Debian's packages of Go and of nats-server, where there is no Go and no module proxy. Needs no root: they are unpacked
 * into the work folder, nothing is installed. Throws with the reason when it cannot.
 */
export async function buildWithDebian(workFolder: string): Promise<Built> {
  const packages = await unpackPackages(workFolder);
  const share = join(packages, "usr", "share");
  const goRoot = join(workFolder, "go");
  // Debian splits Go's tree over two folders and joins them by links to where they would be installed.
  await cp(join(packages, "usr", "lib", "go-1.19"), goRoot, {
    recursive: true,
    verbatimSymlinks: true,
    filter: notALink,
  });
  await cp(join(share, "go-1.19"), goRoot, { recursive: true, verbatimSymlinks: true, filter: notALink });
  const nats = join(share, "gocode", "src", "github.com", "nats-io", "nats-server");
  // Debian leaves the version out of the path, which Go without modules takes as it stands.
  await symlink(".", join(nats, "v2"));
  const sources = join(share, "gocode", "src", "roundtrip", "embedded");
  await mkdir(sources, { recursive: true });
  for (const name of await readdir(join(ROOT, "embedded"))) {
    if (name.endsWith(".go")) await cp(join(ROOT, "embedded", name), join(sources, name));
  }
  const env = { GOROOT: goRoot, GOPATH: join(share, "gocode"), GO111MODULE: "off" };
  const built = await buildWith(join(goRoot, "bin", "go"), workFolder, sources, env, () =>
    licencesOfPackages(packages),
  );
  const version = /VERSION = "([^"]+)"/.exec(await readFile(join(nats, "server", "const.go"), "utf8"))?.[1];
  return { ...built, version: version ?? "of Debian" };
}

async function unpackPackages(workFolder: string): Promise<string> {
  const debs = join(workFolder, "debs");
  await mkdir(debs, { recursive: true });
  if ((await run("apt-get", ["--version"], OPTIONS)).code !== 0) throw new Error("there is no apt-get here");
  // What each package needs, whether or not it is installed here already.
  const needs = await run(
    "apt-cache",
    [
      "depends",
      "--recurse",
      "--no-recommends",
      "--no-suggests",
      "--no-conflicts",
      "--no-breaks",
      "--no-replaces",
      "--no-enhances",
      ...WANTED,
    ],
    OPTIONS,
  );
  if (needs.code !== 0)
    throw new Error(`apt-cache depends failed: ${complaint(needs.stderr)}. Run apt-get update`);
  const names = new Set([
    ...WANTED,
    ...(needs.stdout.match(/^golang-github-\S+|^golang-golang-\S+|^golang-[a-z]\S+-dev$/gm) ?? []),
  ]);
  // A download by root is not handed to apt's own user, who may not write here.
  const got = await run("apt-get", ["-o", "APT::Sandbox::User=root", "download", ...names], {
    ...OPTIONS,
    cwd: debs,
  });
  if (got.code !== 0) throw new Error(`apt-get download failed: ${complaint(got.stderr)}`);
  for (const deb of await readdir(debs)) {
    const unpacked = await run("dpkg", ["-x", deb, "root"], { ...OPTIONS, cwd: debs });
    if (unpacked.code !== 0) throw new Error(`dpkg -x ${deb} failed: ${complaint(unpacked.stderr)}`);
  }
  return join(debs, "root");
}

async function notALink(path: string): Promise<boolean> {
  return !(await lstat(path)).isSymbolicLink();
}

import { mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { complaint, run } from "../run.ts";

/**
 * Takes nats-server out of Debian's package, which needs no root: nothing is installed. Throws with the reason when it cannot.
 */
export async function unpackDebianNatsServer(
  target: string,
  workFolder: string,
  detail: (words: string) => void,
): Promise<void> {
  const options = { timeoutMs: 3 * 60_000, cwd: workFolder };
  // A download by root is not handed to apt's own user, who may not write here.
  const unsandboxed = ["-o", "APT::Sandbox::User=root"];
  if ((await run("apt-get", ["--version"], options)).code !== 0) throw new Error("there is no apt-get here");

  detail("apt-get downloads it");
  let got = await run("apt-get", [...unsandboxed, "download", "nats-server"], options);
  if (got.code !== 0) {
    detail("apt-get gets its lists of packages");
    // A machine that never ran `apt-get update` knows no packages: get the lists, into a folder of our own.
    await mkdir(join(workFolder, "lists", "partial"), { recursive: true });
    await mkdir(join(workFolder, "cache"), { recursive: true });
    const own = [
      ...unsandboxed,
      "-o",
      `Dir::State::Lists=${join(workFolder, "lists")}`,
      "-o",
      `Dir::Cache=${join(workFolder, "cache")}`,
    ];
    const updated = await run("apt-get", [...own, "update"], options);
    if (updated.code !== 0) throw new Error(`apt-get update failed: ${complaint(updated.stderr)}`);
    got = await run("apt-get", [...own, "download", "nats-server"], options);
  }
  if (got.code !== 0) throw new Error(`apt-get download failed: ${complaint(got.stderr)}`);

  const file = (await readdir(workFolder)).find((name) => name.endsWith(".deb"));
  if (file === undefined) throw new Error("apt-get download left no package");
  const unpacked = await run("dpkg", ["-x", file, "package"], options);
  if (unpacked.code !== 0) throw new Error(`dpkg -x failed: ${complaint(unpacked.stderr)}`);
  await mkdir(dirname(target), { recursive: true });
  await rename(join(workFolder, "package", "usr", "sbin", "nats-server"), target);
}

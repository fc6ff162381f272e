import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { licenceFile, textIn, type Licensed } from "../licences.ts";
import { complaint, run } from "../run.ts";

const HEAD = `nats-server.wasm is nats-server, built with Go for the browser by the program in Roundtrip's folder embedded/ (Apache-2.0).
It and wasm_exec.js contain the modules below, under these licences.`;

/** Of each module that has code in the program that `go` builds in `sources`, and of Go itself, half of whose runtime goes along. */
export async function licencesOfModules(
  go: string,
  sources: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}";
  const options = { timeoutMs: 60_000, cwd: sources, env };
  const listed = await run(go, ["list", "-deps", "-f", format, "."], options);
  if (listed.code !== 0) throw new Error(`go list failed: ${complaint(listed.stderr)}`);
  const [root = "", version = ""] = (await run(go, ["env", "GOROOT", "GOVERSION"], options)).stdout.split(
    /\r?\n/,
  );
  const found = new Set(listed.stdout.split(/\r?\n/).filter(Boolean));
  const modules = [...found].toSorted().map((line): Licensed => {
    const [name = "", itsVersion = "", folder = ""] = line.split("\t");
    return licensed(name, itsVersion, folder);
  });
  return licenceFile(HEAD, [licensed("Go", version, root), ...modules]);
}

function licensed(name: string, version: string, folder: string): Licensed {
  const text = textIn(folder);
  if (text === "") throw new Error(`${name} brings no text of its licence.`);
  return { name, version, licence: "", text };
}

/** The same of Debian's packages, unpacked below `root`: each has one file about all that it holds. */
export async function licencesOfPackages(root: string): Promise<string> {
  const docs = join(root, "usr", "share", "doc");
  const packages: Licensed[] = [];
  for (const name of (await readdir(docs)).toSorted()) {
    const text = await readFile(join(docs, name, "copyright"), "utf8").catch(() => null);
    if (text !== null) packages.push({ name, version: "of Debian", licence: "", text });
  }
  return licenceFile(HEAD, packages);
}

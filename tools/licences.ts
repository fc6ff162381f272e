import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package that something built contains. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** As its author names it, such as `MIT`. */
  readonly licence: string;
  /** Its licence, and its notice where it has one. */
  readonly text: string;
}

const FILES = /^(licen[cs]e|copying|notice)/i;

/** The packages that modules, named by the paths of their files, belong to: each once, by name. */
export function packagesOf(modules: Iterable<string>): Licensed[] {
  const folders = new Set<string>();
  for (const module of modules) {
    const folder = /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(
      module.split("?")[0] ?? "",
    )?.[0];
    if (folder !== undefined && !module.startsWith("\0")) folders.add(folder);
  }
  const found = new Map<string, Licensed>();
  for (const folder of folders) {
    const licensed = licensedIn(folder);
    found.set(`${licensed.name} ${licensed.version}`, licensed);
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function licensedIn(folder: string): Licensed {
  const described: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const field = (key: string): string => {
    const value: unknown =
      typeof described === "object" && described !== null ? Reflect.get(described, key) : undefined;
    return typeof value === "string" ? value : "";
  };
  const name = field("name");
  const licence = field("license");
  return { name, version: field("version"), licence, text: textIn(folder) || standard(name, licence) };
}

/** The licence in a folder, and its notice where it has one; empty where there is none. */
export function textIn(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && FILES.test(entry.name))
    .map(({ name }) => ownPart(readFileSync(join(folder, name), "utf8")))
    .join("\n\n");
}

/** Vite's licence goes on with those of what it is built from, nothing of which is in what it builds. */
const ownPart = (text: string): string =>
  (text.split(/^# Licenses of bundled dependencies/m)[0] ?? "").trim();

/** Of those that name their licence and bring no text of it. */
function standard(name: string, licence: string): string {
  if (licence !== "MIT")
    throw new Error(`${name} (${licence}) brings no text of its licence, and none is known here.`);
  return `Copyright (c) the authors of ${name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

/** The file that goes with what was built. Packages with one and the same text share it. */
export function licenceFile(head: string, packages: readonly Licensed[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, text } of packages) {
    const names = byText.get(text) ?? [];
    names.push(`${name} ${version}${licence && ` (${licence})`}`);
    byText.set(text, names);
  }
  const rule = "-".repeat(80);
  return [
    head,
    ...[...byText].map(([text, names]) => `${rule}\n${names.join("\n")}\n${rule}\n\n${text}`),
    "",
  ].join("\n\n");
}

/** The folder of an installed package, as a module of it would be named. */
export const moduleOf = (root: string, name: string): string =>
  join(root, "node_modules", name, "package.json");

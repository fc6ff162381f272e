import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";
import { ROOT } from "../paths.ts";

/** Says at the end of a build whether the site brings its own nats-server, and how to have one where it does not. */
export function ownServerPlugin(): Plugin {
  return {
    name: "roundtrip-own-server",
    apply: "build",
    async closeBundle() {
      this.info(await ownServer());
    },
  };
}

async function ownServer(): Promise<string> {
  try {
    const manifest: unknown = JSON.parse(
      await readFile(join(ROOT, "public", "embedded", "manifest.json"), "utf8"),
    );
    if (typeof manifest === "object" && manifest !== null && "version" in manifest)
      return `The site brings nats-server ${String(manifest.version)}, for the browser, and works offline after one visit.`;
  } catch {
    // It was not built.
  }
  return (
    "The site brings no nats-server: it looks for one on port 9222 of its host, or where ?server=wss://… says. " +
    "`npm run build:embedded` before `npm run build` puts one for the browser into it; that needs Go 1.26 or newer."
  );
}

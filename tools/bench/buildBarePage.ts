import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { withProgress, type Say } from "../progress.ts";
import { FOLDER } from "./benchOptions.ts";

export const BARE_PATH = "/bare/";
export const BARE_BUILT = join(FOLDER, "page");

/** Builds the page that Roundtrip is measured against, as Roundtrip itself is built, into a folder of its own. */
export async function buildBarePage(say: Say): Promise<void> {
  await withProgress(say, "Building the bare page", () =>
    build({
      configFile: false,
      root: fileURLToPath(new URL("./page", import.meta.url)),
      base: "./",
      logLevel: "error",
      worker: { format: "es" },
      build: { target: "es2022", outDir: BARE_BUILT, emptyOutDir: true },
    }),
  );
}

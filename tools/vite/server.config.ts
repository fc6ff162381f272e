import { defineConfig } from "vite";
import { licencesPlugins } from "./licencesPlugin.ts";

/** Builds the server of the built page, tools/serve.ts, into one file that needs nothing but Node: what the image runs. */
export default defineConfig({
  plugins: [licencesPlugins([]).page],
  ssr: { noExternal: true },
  build: {
    ssr: "tools/serve.ts",
    target: "node20",
    outDir: "server",
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: "serve.mjs" } },
  },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { coreNatsPlugin } from "./tools/vite/coreNatsPlugin.ts";
import { leanHdrPlugin } from "./tools/vite/leanHdrPlugin.ts";
import { licencesPlugins, SERVICE_WORKER } from "./tools/vite/licencesPlugin.ts";
import { offlinePlugin } from "./tools/vite/offlinePlugin.ts";
import { ownServerPlugin } from "./tools/vite/ownServerPlugin.ts";
import { policyPlugin } from "./tools/vite/policyPlugin.ts";

const licences = licencesPlugins(SERVICE_WORKER);

export default defineConfig({
  // Relative addresses: the page works from any folder of a static host.
  base: "./",
  plugins: [react(), leanHdrPlugin(), policyPlugin(), licences.page, offlinePlugin(), ownServerPlugin()],
  worker: { format: "es", plugins: () => [coreNatsPlugin(), leanHdrPlugin(), licences.worker()] },
  // Found late otherwise, because lazy parts use them; the page would then be bundled anew under its user.
  optimizeDeps: { include: ["recharts", "@xyflow/react", "hdr-histogram-js", "tinykeys"] },
  build: {
    target: "es2022",
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
            // What every visit needs is fetched in few pieces, not in one for each set of parts that also need it.
            { name: "libraries", test: /node_modules[\\/]/, priority: 1, tags: ["$initial"] },
            { name: "page", test: /src[\\/](?!main)/, tags: ["$initial"] },
            { name: "vendor", test: /node_modules[\\/]/, entriesAware: true },
          ],
        },
      },
    },
  },
  test: {
    environment: "node",
    globalSetup: "tools/checks/unitSetup.ts",
    include: ["src/**/*.test.ts", "tools/**/*.test.ts"],
    testTimeout: 20_000,
  },
});

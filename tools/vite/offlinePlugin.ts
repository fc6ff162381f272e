import type { PluginOption } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/**
 * Makes the built page work offline after the first visit, and installable. The page registers the service worker itself, and only
 * where it came from a static host: see src/stores/page/offline.ts. A new version waits until a person takes
 * it, or every tab of the old one is closed, which still loads parts of itself.
 */
export function offlinePlugin(): PluginOption {
  return VitePWA({
    injectRegister: false,
    registerType: "prompt",
    manifest: {
      name: "Roundtrip: NATS request-reply, live",
      short_name: "Roundtrip",
      description: "A playground in the browser for the NATS request-reply pattern",
      start_url: ".",
      scope: ".",
      display: "standalone",
      background_color: "#f8f8f6",
      theme_color: "#f8f8f6",
      icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml" }],
    },
    workbox: {
      // The nats-server for the browser is kept by the worker that runs it, which knows when it is needed.
      globPatterns: ["**/*.{js,css,html,svg,webp,woff2,webmanifest}"],
      // Read by a few: not kept, and not answered with the page.
      navigateFallbackDenylist: [/licenses\.txt$/],
      maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      // The settings in the page's address, and the hash behind Go's half of the server, choose no other file.
      ignoreURLParametersMatching: [/./],
    },
  });
}

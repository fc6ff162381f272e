import { defineConfig, devices } from "@playwright/test";
import { chromiumFlags } from "./tools/browser/chromiumFlags.ts";
import { CHROMIUM_VARIABLE } from "./tools/browser/findChromium.ts";

const ci = Boolean(process.env["CI"]);
// The global set-up finds the browser and says it to the workers, which read this file again.
const executablePath = process.env[CHROMIUM_VARIABLE];

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/fixtures/globalSetup.ts",
  outputDir: "test-results",
  // Each worker runs a nats-server, a browser and a page with many workers of its own.
  workers: 2,
  // Where nobody waits for it, a test that needs a second attempt is named as flaky instead of stopping everything.
  retries: ci ? 1 : 0,
  forbidOnly: ci,
  timeout: 60_000,
  // Each test on the server in the browser compiles and starts one of its own.
  globalTimeout: (process.env["ROUNDTRIP_E2E_SERVER"] === undefined ? 25 : 40) * 60_000,
  expect: { timeout: 10_000 },
  reporter: ci
    ? [["list"], ["json", { outputFile: "test-results/e2e.json" }]]
    : [["list"], ["json", { outputFile: "test-results/e2e.json" }], ["html", { open: "never" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 720 },
    // Recording one takes a third of the time of every test; `--trace on` records those that one looks into.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    launchOptions: { args: chromiumFlags(), ...(executablePath === undefined ? {} : { executablePath }) },
  },
});

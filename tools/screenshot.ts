import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium, expect, type Page } from "@playwright/test";
import { chromiumFlags } from "./browser/chromiumFlags.ts";
import { findChromium } from "./browser/findChromium.ts";
import { buildPage, BUILT } from "./build.ts";
import { pageOrigins } from "./nats/config.ts";
import { findNatsServer } from "./nats/findNatsServer.ts";
import { createNatsServer } from "./nats/natsServer.ts";
import { ROOT } from "./paths.ts";
import { pickPorts } from "./ports.ts";
import { startAppServer } from "./server/appServer.ts";
import { builtPage } from "./server/builtPage.ts";

/** `npm run screenshot`: the README's pictures, from the real page on a real nats-server. */
const FOLDER = join(ROOT, "docs");
const say = (line: string): void => console.log(line);

const { path: binary, version } = await findNatsServer({ say });
const executablePath = await findChromium(say);
await buildPage(say);
await mkdir(FOLDER, { recursive: true });

const [port = 0, client = 0, webSocket = 0, monitoring = 0] = await pickPorts(4);
const server = createNatsServer({
  binary,
  ports: { client, webSocket, monitoring },
  origins: pageOrigins(port),
});
await server.start();
const app = await startAppServer({
  port,
  mode: "built",
  content: () => builtPage(BUILT),
  webSocketUrl: server.webSocketUrl,
  monitoringUrl: server.monitoringUrl,
  clientUrl: server.clientUrl,
  natsServer: { server, version },
});
const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
try {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({
      baseURL: app.url,
      colorScheme,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 2,
    });
    await page.goto("./");
    await expect(page.getByRole("status").first()).toContainText("Connected");
    await setTheScene(page);
    const path = join(FOLDER, `screenshot-${colorScheme}.png`);
    await page.screenshot({ path });
    say(path);
    await page.close();
  }
} finally {
  await browser.close();
  await app.close();
  await server.stop();
}

/** Three responders in one queue group, and a burst of requests that they have shared. */
async function setTheScene(page: Page): Promise<void> {
  const responders = page.getByRole("region", { name: "Responders" });
  await responders.getByLabel("How many responders").fill("2");
  await responders.getByRole("button", { name: "Add several" }).click();
  await expect(responders.getByRole("group")).toHaveCount(3);
  await expect(page.getByText("connecting …")).toHaveCount(0);
  const requester = page.getByRole("group", { name: "client-1", exact: true });
  await requester.getByLabel("How many").fill("300");
  await requester.getByRole("button", { name: "Send at once" }).click();
  await page.getByRole("tab", { name: "Load distribution" }).click();
}

import { chromium, type Browser } from "@playwright/test";
import { chromiumFlags } from "./browser/chromiumFlags.ts";
import { findChromium } from "./browser/findChromium.ts";
import { buildPage, BUILT } from "./build.ts";
import { pageOrigins } from "./nats/config.ts";
import { findNatsServer } from "./nats/findNatsServer.ts";
import { createNatsServer, type NatsServer } from "./nats/natsServer.ts";
import { pickPorts } from "./ports.ts";
import type { Say } from "./progress.ts";
import { startAppServer } from "./server/appServer.ts";
import { builtPage } from "./server/builtPage.ts";

/** The built page as people get it, its nats-server, and a browser to open it in. */
export interface Product {
  /** The address of the page. */
  readonly url: string;
  readonly server: NatsServer;
  readonly browser: Browser;
}

/** Brings everything up on free ports, and ends all of it whatever becomes of the work. */
export async function withProduct<T>(say: Say, work: (product: Product) => Promise<T>): Promise<T> {
  const { path: binary, version } = await findNatsServer({ say });
  const executablePath = await findChromium(say);
  await buildPage(say);
  const [port = 0, client = 0, webSocket = 0, monitoring = 0] = await pickPorts(4);
  const server = createNatsServer({
    binary,
    ports: { client, webSocket, monitoring },
    origins: pageOrigins(port),
  });
  const ends: (() => Promise<unknown>)[] = [];
  try {
    await server.start();
    ends.push(() => server.stop());
    const app = await startAppServer({
      port,
      mode: "built",
      content: () => builtPage(BUILT),
      webSocketUrl: server.webSocketUrl,
      monitoringUrl: server.monitoringUrl,
      clientUrl: server.clientUrl,
      natsServer: { server, version },
    });
    ends.push(() => app.close());
    const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
    ends.push(() => browser.close());
    return await work({ url: app.url, server, browser });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

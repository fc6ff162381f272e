import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildEmbedded } from "../embedded/buildEmbedded.ts";
import { findChromium } from "../browser/findChromium.ts";
import { buildPage, BUILT } from "../build.ts";
import { startBrowser, type BenchBrowser, type Tab } from "./browser.ts";
import { buildReadablePage } from "./buildReadablePage.ts";
import { pageOrigins } from "../nats/config.ts";
import { findNatsServer } from "../nats/findNatsServer.ts";
import { createNatsServer } from "../nats/natsServer.ts";
import { pickPorts } from "../ports.ts";
import type { Say } from "../progress.ts";
import type { Handler } from "../server/answers.ts";
import { startAppServer } from "../server/appServer.ts";
import { builtPage } from "../server/builtPage.ts";
import { BARE_PATH, BARE_BUILT, buildBarePage } from "./buildBarePage.ts";

/** Everything that a comparison runs on: one nats-server, one browser, the built page and the bare one from one origin. */
export interface Stage {
  readonly url: string;
  /** For pages: `ws://…`. */
  readonly webSocketUrl: string;
  /** For programs: `nats://…`. */
  readonly tcpUrl: string;
  readonly versions: { readonly natsServer: string; readonly chromium: string };
  /** Runs some work in a page of its own, with a cache of its own. */
  withTab<T>(work: (tab: Tab) => Promise<T>): Promise<T>;
  /** Paths of the built page asked for since the last call. */
  takeRequested(): readonly string[];
  close(): Promise<void>;
}

/** `embedded` builds the nats-server for the browser into the page. `readable` builds the page with its names as they are in the source, for profiles. */
export async function setStage(say: Say, readable = false, embedded = false): Promise<Stage> {
  // Into the page, before that is built.
  if (embedded) await buildEmbedded(say);
  const { path: binary, version } = await findNatsServer({ say });
  const executablePath = await findChromium(say);
  const folder = readable ? await buildReadablePage(say) : BUILT;
  if (!readable) await buildPage(say);
  await buildBarePage(say);

  const [port = 0, client = 0, webSocket = 0, monitoring = 0] = await pickPorts(4);
  const server = createNatsServer({
    binary,
    ports: { client, webSocket, monitoring },
    origins: pageOrigins(port),
  });
  await server.start();
  let requested: string[] = [];
  let app: Awaited<ReturnType<typeof startAppServer>> | undefined;
  let browser: BenchBrowser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await app?.close();
    await server.stop();
  };
  try {
    const { url } = (app = await startAppServer({
      port,
      mode: "built",
      content: () => bothPages(folder, (path) => requested.push(path)),
      webSocketUrl: server.webSocketUrl,
      monitoringUrl: server.monitoringUrl,
      clientUrl: server.clientUrl,
      natsServer: { server, version },
    }));
    const started = (browser = await startBrowser(executablePath));
    return {
      url,
      webSocketUrl: server.webSocketUrl,
      tcpUrl: server.clientUrl,
      versions: { natsServer: version, chromium: started.version },
      withTab: (work) => started.withTab(work),
      takeRequested() {
        const taken = requested;
        requested = [];
        return taken;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function bothPages(folder: string, onRequest: (path: string) => void): Handler {
  const built = builtPage(folder);
  const bare = builtPage(BARE_BUILT);
  return (request, response, next, target) => {
    if (target.path.startsWith(BARE_PATH)) {
      request.url = target.written.slice(BARE_PATH.length - 1);
      return bare(request, response, next, target);
    }
    onRequest(target.path);
    return built(request, response, next, target);
  };
}

/** A file of the built page by its path in the address. */
export const builtFile = (path: string): Promise<Buffer> => readFile(join(BUILT, path));

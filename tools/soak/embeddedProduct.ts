import { chromium, type Browser } from "@playwright/test";
import { runEmbedded } from "../../e2e/fixtures/embeddedServer.ts";
import { chromiumFlags } from "../browser/chromiumFlags.ts";
import { findChromium } from "../browser/findChromium.ts";
import { buildPage } from "../build.ts";
import { buildEmbedded } from "../embedded/buildEmbedded.ts";
import type { Say } from "../progress.ts";

/** The built page with the nats-server in the browser, and a browser to open it in; all of it ends whatever becomes of the work. */
export async function withEmbeddedProduct<T>(
  say: Say,
  work: (product: { readonly url: string; readonly browser: Browser }) => Promise<T>,
): Promise<T> {
  await buildEmbedded(say);
  const executablePath = await findChromium(say);
  await buildPage(say);
  const running = await runEmbedded();
  try {
    const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
    try {
      return await work({ url: running.app, browser });
    } finally {
      await browser.close();
    }
  } finally {
    await running.close();
  }
}

import type { Page } from "@playwright/test";
import { BARE_PATH } from "./buildBarePage.ts";
import type { LoopResult } from "./page/messages.ts";
import type { Stage } from "./stage.ts";

/** The page with nothing but nats.ws. */
export interface BarePage {
  /** Puts up responders; gives the ms until all of them could be asked. */
  respond(count: number): Promise<number>;
  connect(): Promise<void>;
  /** Throws when a request fails: there is no reason for one to. */
  loop(inFlight: number, seconds: number, timed?: boolean): Promise<LoopResult>;
}

export async function openBarePage(stage: Stage, page: Page): Promise<BarePage> {
  await page.goto(`.${BARE_PATH}`);
  await page.waitForFunction(() => "bare" in globalThis);
  const url = stage.webSocketUrl;
  return {
    respond: (count) => page.evaluate(([url, count]) => bare.respond(url, count), [url, count] as const),
    connect: () => page.evaluate((url) => bare.connect(url), url),
    async loop(inFlight, seconds, timed = false) {
      const order = [inFlight, seconds * 1000, timed] as const;
      const result = await page.evaluate((order) => bare.loop(...order), order);
      if (result.failed > 0) throw new Error(`${result.failed} requests of the bare client failed.`);
      return result;
    },
  };
}

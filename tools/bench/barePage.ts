import type { Tab } from "./browser.ts";
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
  /** From now on one small dot moves on the page, 30 times a second: the least that a page can draw. */
  moveDot(): Promise<void>;
}

export async function openBarePage({ url, webSocketUrl }: Stage, { session }: Tab): Promise<BarePage> {
  await session.send("Page.navigate", { url: new URL(`.${BARE_PATH}`, url).href });
  await session.evaluate(
    () =>
      new Promise<void>((resolve) => {
        if (document.readyState === "complete") resolve();
        else addEventListener("load", () => resolve());
      }),
  );
  return {
    respond: (count) => session.evaluate((to, count) => bare.respond(to, count), webSocketUrl, count),
    connect: () => session.evaluate((to) => bare.connect(to), webSocketUrl),
    async loop(inFlight, seconds, timed = false) {
      const result = await session.evaluate(
        (...order: [number, number, boolean]) => bare.loop(...order),
        inFlight,
        seconds * 1000,
        timed,
      );
      if (result.failed > 0) throw new Error(`${result.failed} requests of the bare client failed.`);
      return result;
    },
    moveDot: () => session.evaluate(() => bare.moveDot()),
  };
}

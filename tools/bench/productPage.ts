import { expect, type Page } from "@playwright/test";
import { expectToAddUp, Playground } from "../../e2e/pages/Playground.ts";
import type { ResultsDocument } from "../../src/domain/resultsDocument.ts";
import type { Setup } from "../../src/domain/setup.ts";
import { setupDocument } from "../../src/domain/setupSchema.ts";

/** How a load is paced and bounded, as the page's form has it. */
export type Load = { readonly inFlight: number } | { readonly perSecond: number };
export type Bound = { readonly seconds: number } | { readonly requests: number };

/** The page, driven as a person drives it. */
export interface ProductPage {
  readonly page: Page;
  readonly playground: Playground;
  startLoad(load: Load, bound: Bound): Promise<void>;
  /** Waits until the load has ended and everything is settled. Throws when a call was not replied. */
  loadEnded(timeoutMs: number): Promise<ResultsDocument>;
  /** Both; gives what was replied in between. */
  runLoad(load: Load, bound: Bound): Promise<number>;
  reset(): Promise<void>;
}

/** So many responders of one queue group that send back what they get, and one requester. */
function setupOf(responders: number): Setup {
  return {
    seed: 1,
    responders: Array.from({ length: responders }, (_, at) => ({
      name: `responder-${at + 1}`,
      subject: "user.get",
      queue: "users",
      handler: { kind: "builtin", id: "echo" },
      delay: { kind: "none" },
      handling: "concurrent",
      errorShare: 0,
      dropShare: 0,
    })),
    requesters: [
      {
        name: "client-1",
        subject: "user.get",
        payload: { format: "json", template: '{ "user_id": {{n}} }' },
        headers: [],
        timeoutMs: 2000,
      },
    ],
  };
}

/** Opens the page as the last visit would have left it with so many responders. */
export async function openProductPage(page: Page, responders: number): Promise<ProductPage> {
  await page.addInitScript(
    (setup) => localStorage.setItem("roundtrip.setup", setup),
    JSON.stringify(setupDocument(setupOf(responders))),
  );
  const playground = new Playground(page);
  await playground.open();
  const start = playground.requester("client-1").getByRole("button", { name: "Start load" });

  const product: ProductPage = {
    page,
    playground,
    async startLoad(load, bound) {
      await playground.startLoad(
        {
          ...("inFlight" in load ? { Concurrency: String(load.inFlight) } : { Rate: String(load.perSecond) }),
          ...("seconds" in bound
            ? { Duration: String(bound.seconds) }
            : { Requests: String(bound.requests) }),
        },
        {
          Keep: "inFlight" in load ? "calls in flight" : "calls a second",
          Stop: "seconds" in bound ? "after seconds" : "after requests",
        },
      );
      await playground.requester("client-1").getByRole("button", { name: "Stop load" }).waitFor();
    },
    async loadEnded(timeoutMs) {
      await start.waitFor({ timeout: timeoutMs });
      let results = await playground.exportResults();
      await expect
        .poll(async () => (results = await playground.exportResults()).counts.inFlight, { timeout: 10_000 })
        .toBe(0);
      expectToAddUp(results);
      const { started, replied } = results.counts;
      if (replied !== started) throw new Error(`${started - replied} of ${started} calls were not replied.`);
      return results;
    },
    async runLoad(load, bound) {
      const before = (await playground.exportResults()).counts.replied;
      await product.startLoad(load, bound);
      const { counts } = await product.loadEnded(10 * 60_000);
      return counts.replied - before;
    },
    async reset() {
      const { replied } = (await playground.exportResults()).counts;
      await playground.results.getByRole("button", { name: "Reset" }).click();
      if (replied >= 1000) await page.getByRole("button", { name: "Forget them" }).click();
    },
  };
  return product;
}

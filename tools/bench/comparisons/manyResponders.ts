import type { Page } from "@playwright/test";
import { openBarePage } from "../barePage.ts";
import { alternate, type Comparison } from "../comparison.ts";
import { openProductPage } from "../productPage.ts";

const RESPONDERS = 50;

/** From the click to the moment when the page shows the last one connected, which it is when it can be asked. */
export const manyResponders: Comparison = {
  name: "many-responders",
  what: `starting and connecting ${RESPONDERS} responders, against as many bare workers`,
  async measure(run) {
    const { stage } = run;
    const { product, bare } = await alternate(
      run,
      `starting ${RESPONDERS} responders`,
      {
        product: () =>
          stage.withPage(async (page) => {
            const { playground } = await openProductPage(page, 0);
            await playground.responders.getByLabel("How many responders").fill(String(RESPONDERS));
            const connected = untilConnected(page, RESPONDERS);
            await playground.responders.getByRole("button", { name: "Add several" }).click();
            return await connected;
          }),
        bare: () => stage.withPage(async (page) => (await openBarePage(stage, page)).respond(RESPONDERS)),
      },
      (ms) => `${Math.round(ms)} ms`,
    );
    return [
      {
        what: `${RESPONDERS} responders started and connected`,
        unit: "ms",
        side: { name: "Roundtrip", rounds: product },
        against: { name: "bare nats.ws", rounds: bare },
        budget: { of: "ratio", most: 1 },
      },
    ];
  },
};

/** The ms from the next click to the frame in which so many responders are shown as connected. */
function untilConnected(page: Page, count: number): Promise<number> {
  return page.evaluate(
    (count) =>
      new Promise<number>((resolve) => {
        const region = document.querySelector(
          '[role=region][aria-label="Responders"], section[aria-label="Responders"]',
        );
        const begin = (): void => {
          const startedAt = performance.now();
          const look = (): void => {
            const shown = region?.querySelectorAll('[data-state="connected"]').length ?? 0;
            if (shown >= count) resolve(performance.now() - startedAt);
            else requestAnimationFrame(look);
          };
          look();
        };
        addEventListener("click", begin, { capture: true, once: true });
      }),
    count,
  );
}

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
          stage.withTab(async (tab) => {
            const product = await openProductPage(stage, tab, 0);
            await product.drive(({ responders }) =>
              responders.getByLabel("Responders to add").fill(String(RESPONDERS)),
            );
            return await tab.session.evaluate(addAndWait, RESPONDERS);
          }),
        bare: () => stage.withTab(async (tab) => (await openBarePage(stage, tab)).respond(RESPONDERS)),
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

/** The ms from the click to the frame in which so many responders are shown as connected. Runs in the page. */
function addAndWait(count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const region = document.querySelector('section[aria-label="Responders"]');
    const buttons = [...(region?.querySelectorAll("button") ?? [])];
    const add = buttons.find((button) => /^Add \d+ responders?$/.test(button.textContent.trim()));
    if (!region || !add) return reject(new Error("There is no button “Add … responders”."));
    const startedAt = performance.now();
    const look = (): void => {
      const shown = region.querySelectorAll('[data-state="connected"]').length;
      if (shown >= count) resolve(performance.now() - startedAt);
      else requestAnimationFrame(look);
    };
    add.click();
    look();
  });
}

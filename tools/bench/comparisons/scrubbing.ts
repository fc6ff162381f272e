import type { Comparison } from "../comparison.ts";
import { heapOf, heapWords } from "../heap.ts";
import { openProductPage } from "../productPage.ts";
import { percentile } from "../statistics.ts";

const EVENTS = 200_000;
/** From the call to its conclusion each leaves ten events. */
const REQUESTS = EVENTS / 10;
/**
 * What the page may hold: a full record is 42 MB of events, 13 MB of exchanges, 25 MB of texts and up to 14 MB of checkpoints; its
 * index is 4 MB of times and as much for their order; a record of the past is 13 MB of exchanges and 4 MB of how events are chained;
 * the rest is the page itself.
 */
const BOUND_MB = 130;

/** Whether moving through a long record stays fluid: every frame another instant. */
export const scrubbing: Comparison = {
  name: "scrubbing",
  what: `frames while the slider Time is moved over ${EVENTS.toLocaleString("en")} recorded events`,
  measure: ({ stage, rounds, seconds, progress }) =>
    stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, 3);
      const fresh = await heapOf(tab);
      await product.plan({ inFlight: 64 }, { requests: REQUESTS });
      await product.runLoad();
      const recorded = await heapOf(tab);
      progress(`recorded: ${heapWords(recorded)}`);
      await product.drive(async ({ page, results }) => {
        await results.getByRole("tab", { name: "Wire" }).click();
        await page.getByRole("button", { name: "Pause", exact: true }).click();
      });
      const medians: number[] = [];
      const worst: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        const times = await tab.session.evaluate(scrub, seconds * 1000);
        medians.push(percentile(times, 50));
        worst.push(Math.max(...times));
        progress(
          `round ${round} of ${rounds}: ${times.length} frames, median ${percentile(times, 50).toFixed(1)} ms, worst ${Math.max(...times).toFixed(1)} ms`,
        );
      }
      const looked = await heapOf(tab);
      progress(`after: ${heapWords(looked)}`);
      return [
        {
          what: "frame while scrubbing, median",
          unit: "ms",
          side: { name: "scrubbing", rounds: medians },
          against: null,
          budget: { of: "value", most: 20 },
        },
        {
          what: "frame while scrubbing, worst",
          unit: "ms",
          side: { name: "scrubbing", rounds: worst },
          against: null,
          budget: { of: "value", most: 100 },
          by: "largest",
        },
        {
          what: `page's heap with ${EVENTS.toLocaleString("en")} events and their index`,
          unit: "MB",
          side: { name: "after scrubbing", rounds: [looked.pageMb] },
          against: { name: "fresh page", rounds: [fresh.pageMb] },
          budget: { of: "value", most: BOUND_MB },
        },
      ];
    }),
};

/** Moves the slider by a different way in every frame: back and forth, and in leaps. Runs in the page. */
function scrub(ms: number): Promise<number[]> {
  const slider = document.querySelector<HTMLInputElement>('input[aria-label="Time"]');
  if (!slider) throw new Error("There is no slider “Time”.");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  const most = Number(slider.max);
  return new Promise((resolve) => {
    const times: number[] = [];
    let first = 0;
    let last = 0;
    let frame = 0;
    const step = (at: number): void => {
      if (last === 0) first = at;
      else times.push(at - last);
      last = at;
      if (at - first >= ms) return resolve(times);
      frame++;
      // A slow sweep most of the time, a leap every tenth frame.
      const share = frame % 10 === 0 ? (frame * 0.618) % 1 : 0.5 + 0.5 * Math.sin(frame / 90);
      setValue?.call(slider, String(share * most));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

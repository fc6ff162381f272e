import { expectToAddUp, Playground } from "../../e2e/pages/Playground.ts";
import { DEFAULT_REQUESTER, DEFAULT_RESPONDER } from "../../src/domain/setup/defaultSetup.ts";
import type { ResultsDocument } from "../../src/domain/load/resultsDocument.ts";
import type { Setup } from "../../src/domain/setup/setup.ts";
import { scenarioDocument } from "../../src/domain/setup/scenarioSchema.ts";
import type { Tab } from "./browser.ts";
import { takeExport } from "../takeExport.ts";
import type { Session } from "./devTools.ts";
import type { Stage } from "./stage.ts";

/** How a load is paced and bounded, as the page's form has it. Drawn unless told otherwise. */
export type Load = ({ readonly inFlight: number } | { readonly perSecond: number }) & {
  readonly drawn?: boolean;
};
export type Bound = { readonly seconds: number } | { readonly requests: number };

/**
 * The page, set up as a person sets it up. While it is measured nobody looks on: Playwright lets go of it, and its buttons
 * are pressed from within.
 */
export interface ProductPage {
  drive<T>(work: (playground: Playground) => Promise<T>): Promise<T>;
  /** Fills in the form of a load. */
  plan(load: Load, bound: Bound): Promise<void>;
  /** Runs the planned load for so many s, stops it, and empties the record. Nobody drives the page from here on. */
  warmUp(seconds: number): Promise<void>;
  /** Starts the planned load, and resolves when it runs. */
  startLoad(): Promise<void>;
  /** Waits until the load has ended and everything is settled. Throws when a call was not replied. */
  loadEnded(): Promise<ResultsDocument>;
  /** Both; gives what was replied in between. */
  runLoad(): Promise<number>;
}

/** So many responders of one queue group that send back what they get, and one requester. */
function setupOf(responders: number): Setup {
  return {
    seed: 1,
    responders: Array.from({ length: responders }, (_, index) => ({
      ...DEFAULT_RESPONDER,
      name: `responder-${index + 1}`,
      handler: { kind: "builtin", id: "echo" },
    })),
    requesters: [DEFAULT_REQUESTER],
  };
}

/** Opens the page as the last visit would have left it with so many responders. `address` is what follows the page's own. */
export async function openProductPage(
  { url }: Stage,
  { session, drive }: Tab,
  responders: number,
  address = "",
): Promise<ProductPage> {
  await drive(async (page) => {
    await page.addInitScript(
      (setup) => localStorage.setItem("roundtrip.setup", setup),
      JSON.stringify(scenarioDocument({ setup: setupOf(responders) })),
    );
    await new Playground(page).open(new URL(address, url).href);
  });

  const product: ProductPage = {
    drive: (work) => drive((page) => work(new Playground(page))),
    plan(load, bound) {
      const fields = {
        ...("inFlight" in load ? { Concurrency: String(load.inFlight) } : { Rate: String(load.perSecond) }),
        ...("seconds" in bound ? { Duration: String(bound.seconds) } : { Requests: String(bound.requests) }),
      };
      const choices = {
        "Load model": "inFlight" in load ? "fixed concurrency" : "fixed rate",
        Stop: "seconds" in bound ? "after seconds" : "after requests",
      };
      return product.drive(async (playground) => {
        await playground.planLoad(fields, choices);
        await playground.drawLoad(load.drawn ?? true);
      });
    },
    async warmUp(seconds) {
      await product.startLoad();
      await pause(seconds);
      await session.evaluate(press, "Stop load");
      const { counts } = await product.loadEnded();
      await session.evaluate(press, "Reset");
      if (counts.replied < ASKED_FROM) return;
      await session.evaluate(untilButton, "Forget them");
      await session.evaluate(press, "Forget them");
    },
    async startLoad() {
      await session.evaluate(untilButton, "Start load");
      await session.evaluate(press, "Start load");
      await session.evaluate(untilButton, "Stop load");
    },
    async loadEnded() {
      await session.evaluate(untilButton, "Start load");
      let results = await exportResults(session);
      const deadline = performance.now() + SETTLING_MS;
      while (results.counts.inFlight > 0 && performance.now() < deadline)
        results = await exportResults(session);
      expectToAddUp(results);
      const { started, replied } = results.counts;
      if (replied !== started) throw new Error(`${started - replied} of ${started} calls were not replied.`);
      return results;
    },
    async runLoad() {
      const before = (await exportResults(session)).counts.replied;
      await product.startLoad();
      return (await product.loadEnded()).counts.replied - before;
    },
  };
  return product;
}

/** How long what is in flight may take to settle after a load. */
const SETTLING_MS = 10_000;
const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));
/** From so many calls on the page asks before it forgets them. */
const ASKED_FROM = 1000;

/** Presses a button from within the page, where it counts as pressed at once. Runs in the page. */
function press(name: string): void {
  const buttons = [...document.querySelectorAll("button")];
  const button = buttons.find((each) => each.textContent.trim() === name && !each.disabled);
  if (!button) throw new Error(`There is no button “${name}” to press.`);
  button.click();
}

/** Runs in the page. */
function untilButton(name: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const buttons = [...document.querySelectorAll("button")];
      if (buttons.some((each) => each.textContent.trim() === name && !each.disabled)) resolve();
      else setTimeout(look, 100); // Looking takes a little of the time that is measured.
    };
    look();
  });
}

/** Presses “Export results” and takes what would have been downloaded. */
async function exportResults(session: Session): Promise<ResultsDocument> {
  return JSON.parse(await session.evaluate(takeExport)) as ResultsDocument; // what the page writes
}

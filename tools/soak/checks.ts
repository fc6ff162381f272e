import { expect } from "@playwright/test";
import { expectToAddUp, type Playground } from "../../e2e/pages/Playground.ts";
import type { ResultsDocument } from "../../src/domain/load/resultsDocument.ts";
import { takeExport } from "../takeExport.ts";
import { press } from "./action.ts";
import { heapOf } from "./heapOf.ts";
import { FIRST } from "./actions/ofRequesters.ts";
import type { SoakServer } from "./soakServer.ts";

/** How long the page may take to answer, drawing included, in ms. */
export const ANSWERS_WITHIN_MS = 2000;
/**
 * What the page's heap may grow by, in MB, against a page that has shown all it has and whose record is full. What it grows by is what
 * 12 more peers show and draw, and 40 runs.
 */
export const HEAP_GROWTH_MB = 12;
/** How long everything may take to come to rest: the longest timeout, a reconnect, and a slow machine. In ms. */
const QUIET_WITHIN_MS = 20_000;

/** What has to hold at any moment. Gives how long the page took to answer, in ms, and how many calls it has started. */
export async function checkNow(
  playground: Playground,
): Promise<{ readonly tookMs: number; readonly started: number }> {
  const asked = performance.now();
  await playground.page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))),
  );
  const tookMs = performance.now() - asked;
  expect(tookMs, "how long the page took to answer, in ms").toBeLessThan(ANSWERS_WITHIN_MS);
  const { counts, exchanges } = await resultsOf(playground);
  expectToAddUp({ counts });
  expectToAddUp({ counts: { ...exchanges, late: 0, duplicate: 0 } });
  return { tookMs, started: counts.started };
}

async function resultsOf({ page }: Playground): Promise<ResultsDocument> {
  return JSON.parse(await page.evaluate(takeExport)) as ResultsDocument; // what the page writes
}

export interface Quiet {
  /** 0 where it is not measured. */
  readonly heapMb: number;
  readonly connections: number;
  readonly started: number;
}

/**
 * Brings everything to rest and checks what must hold then: nothing is in flight, each peer that is up has its worker and its
 * connection, the server counts the same, and nobody else is left.
 */
export async function checkAtRest(
  playground: Playground,
  server: SoakServer,
  measured: boolean,
): Promise<Quiet> {
  const { page, responders, requesters } = playground;
  // Before the load, of which each step of a search is one.
  await playground.openRuns("Knee");
  await press(page, "Stop search");
  const loading = await playground.openRequester(FIRST);
  if (await loading.getByRole("button", { name: "Stop load" }).isVisible()) await playground.stopLoad();
  if (!(await server.isUp())) await server.start();
  await expect(playground.status).toContainText("Connected", { timeout: QUIET_WITHIN_MS });
  await expect(page.getByText("connecting …")).toHaveCount(0, { timeout: QUIET_WITHIN_MS });
  const thaw = responders.getByRole("button", { name: "Thaw" });
  while ((await thaw.count()) > 0) await thaw.first().click();
  let started = 0;
  await expect
    .poll(
      async () => {
        const { counts } = await resultsOf(playground);
        ({ started } = counts);
        return counts.inFlight;
      },
      { message: "calls in flight", timeout: QUIET_WITHIN_MS },
    )
    .toBe(0);
  let connections = 0;
  await expect(async () => {
    // Counted again each time: a handler that loops takes its responder down only after a while.
    const up = await respondersUp(playground);
    const asking = await requesters.getByRole("button", { name: "Remove", exact: true }).count();
    connections = up.length + asking + 1; // And the page's own.
    const { scenario } = await resultsOf(playground);
    const edited = scenario.responders.filter(
      ({ name, handler }) => handler.kind === "code" && up.includes(name),
    );
    const workers = page.workers();
    const ofHandlers = workers.filter((worker) => worker.url().startsWith("blob:")).length;
    expect(workers.length - ofHandlers, "workers with a connection").toBe(connections);
    expect(ofHandlers, "workers with a handler that was edited").toBe(edited.length);
    expect(await server.connections(), "connections on the server").toBe(connections);
  }).toPass({ timeout: QUIET_WITHIN_MS });
  return { heapMb: measured ? await heapOf(page) : 0, connections, started };
}

/** The names of the responders that are connected. */
const respondersUp = ({ page, responders }: Playground): Promise<readonly string[]> =>
  responders
    .getByRole("group")
    .filter({ has: page.getByRole("button", { name: "Kill", exact: true }) })
    .evaluateAll((groups) => groups.map((group) => group.getAttribute("aria-label") ?? ""));

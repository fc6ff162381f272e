import { expect } from "@playwright/test";
import { expectToAddUp, type Playground } from "../../e2e/pages/Playground.ts";
import type { ResultsDocument } from "../../src/domain/resultsDocument.ts";
import type { NatsServer } from "../nats/natsServer.ts";
import { takeExport } from "../takeExport.ts";

/** How long the page may take to answer, drawing included, in ms. */
export const ANSWERS_WITHIN_MS = 2000;
/** What the page's heap may grow to, against the first rest after some deeds, when the record and what indexes it are mostly empty. */
export const HEAP_LIMIT = 2;
/** How long everything may take to come to rest: the longest timeout, a reconnect, and a slow machine. In ms. */
const QUIET_WITHIN_MS = 20_000;

/** What has to hold at any moment. Gives how long the page took to answer, in ms. */
export async function checkNow({ playground }: { readonly playground: Playground }): Promise<number> {
  const asked = performance.now();
  await playground.page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))),
  );
  const tookMs = performance.now() - asked;
  expect(tookMs, "how long the page took to answer, in ms").toBeLessThan(ANSWERS_WITHIN_MS);
  expectToAddUp(await resultsOf(playground));
  return tookMs;
}

async function resultsOf({ page }: Playground): Promise<ResultsDocument> {
  return JSON.parse(await page.evaluate(takeExport)) as ResultsDocument; // what the page writes
}

export interface Quiet {
  readonly heapMb: number;
  readonly connections: number;
  readonly started: number;
}

/**
 * Brings everything to rest and checks what must hold then: nothing is in flight, each peer that is up has its worker and its
 * connection, the server counts the same, and nobody else is left.
 */
export async function checkAtRest(playground: Playground, server: NatsServer): Promise<Quiet> {
  const { page, responders, requesters } = playground;
  if (await page.getByRole("button", { name: "Stop load" }).isVisible()) await playground.stopLoad();
  if (server.pid === null) await server.start();
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
  const up =
    (await responders.getByRole("button", { name: "Kill", exact: true }).count()) +
    (await requesters.getByRole("button", { name: "Remove", exact: true }).count()) +
    1; // The page's own.
  await expect.poll(() => page.workers().length, { message: "workers", timeout: QUIET_WITHIN_MS }).toBe(up);
  await expect
    .poll(() => connectionsOf(server), { message: "connections on the server", timeout: QUIET_WITHIN_MS })
    .toBe(up);
  return { heapMb: await heapOf(playground), connections: up, started };
}

async function connectionsOf({ monitoringUrl }: NatsServer): Promise<number> {
  const answer: unknown = await (await fetch(`${monitoringUrl}/connz`)).json();
  return Number(Reflect.get(Object(answer), "num_connections"));
}

async function heapOf({ page }: Playground): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("HeapProfiler.collectGarbage");
  await devTools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devTools.send("Runtime.getHeapUsage");
  await devTools.detach();
  return usedSize / 1e6;
}

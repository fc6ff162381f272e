import { expect } from "@playwright/test";
import type { Playground } from "../../e2e/pages/Playground.ts";
import type { Say } from "../progress.ts";
import { checkAtRest, checkNow, HEAP_GROWTH_MB, type Quiet } from "./checks.ts";
import { ACTIONS } from "./actions.ts";
import { FIRST } from "./actions/ofRequesters.ts";
import { TABS } from "./actions/ofThePage.ts";
import { plannedAction } from "./plan.ts";
import type { SoakServer } from "./soakServer.ts";

export interface Soak {
  readonly seed: number;
  /** The first action, counted from 0. */
  readonly from: number;
  /** Ends after so many actions … */
  readonly actions: number | null;
  /** … or at this time, as `performance.now` tells it. */
  readonly until: number;
  readonly say: Say;
  /** Fills the page's record first, so that what the heap grows by afterwards is what nothing bounds. */
  readonly full?: boolean;
  /** Told before each action how many came before it. */
  readonly onAction?: (done: number) => void;
}

export interface SoakFigures {
  readonly done: number;
  /** Calls, in all pages that were opened. */
  readonly started: number;
  readonly slowestAnswerMs: number;
  readonly first: Quiet;
  readonly last: Quiet;
}

/** Everything is brought to rest and looked at after so many actions. */
const REST_EVERY = 20;

/** Does what the seed says to a page that is open, and checks throughout. Throws at the first thing that does not hold. */
export async function soak(
  playground: Playground,
  server: SoakServer,
  { seed, from, actions, until, say, full, onAction }: Soak,
): Promise<SoakFigures> {
  await checkAtRest(playground, server, false);
  let first: Quiet | null = null;
  let slowestAnswerMs = 0;
  let done = 0;
  // A page that was opened again counts from the beginning.
  let startedBefore = 0;
  let started = 0;
  // Code that is loaded later makes the heap grow once. What is compared with is a page that has shown all it has, and has worked.
  await openEverything(playground);
  if (full) {
    say("Filling the record …");
    await fill(playground);
    await atRest();
  }
  while (performance.now() < until && (actions === null || done < actions)) {
    const { action, numbers } = plannedAction(ACTIONS, seed, from + done);
    onAction?.(done);
    const result = await action.do({ playground, server, numbers });
    done++;
    say(`${from + done}. ${action.name} ${result ?? "(nothing to do it to)"}`.trimEnd());
    const now = await checkNow(playground);
    slowestAnswerMs = Math.max(slowestAnswerMs, now.tookMs);
    if (now.started < started) startedBefore += started;
    ({ started } = now);
    if (done % REST_EVERY === 0) await atRest();
  }
  const last = await atRest();
  return { done, started: startedBefore + last.started, slowestAnswerMs, first: first ?? last, last };

  async function atRest(): Promise<Quiet> {
    const quiet = await checkAtRest(playground, server, full === true);
    say(
      `at rest: ${quiet.started} calls started, ${quiet.connections} connections, heap ${quiet.heapMb.toFixed(1)} MB`,
    );
    first ??= quiet;
    if (!full) return quiet;
    expect(quiet.heapMb, `the heap in MB, which began with ${first.heapMb.toFixed(1)}`).toBeLessThanOrEqual(
      first.heapMb + HEAP_GROWTH_MB,
    );
    return quiet;
  }
}

async function openEverything({ results }: Playground): Promise<void> {
  for (const name of TABS) {
    await results.getByRole("tab", { name, exact: true }).click();
    await expect(results.getByRole("tabpanel", { name })).toBeVisible();
    if (name === "Handler") await results.getByLabel("Handler source").waitFor();
  }
  await results.getByRole("tab", { name: "Latency", exact: true }).click();
}

/** More calls, and so more events, than the record holds. */
const FILL = 100_000;
const FILLED_WITHIN_MS = 120_000;

async function fill(playground: Playground): Promise<void> {
  await playground.openRequester(FIRST);
  await playground.startLoad(
    { Concurrency: "64", Requests: String(FILL) },
    { "Load model": "fixed concurrency", Stop: "after requests" },
  );
  // Not until “Start load” is back: it is there for a moment after it was pressed, too.
  await playground.settled(FILL, FILLED_WITHIN_MS);
}

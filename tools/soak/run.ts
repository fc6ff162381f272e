import { expect } from "@playwright/test";
import { seededRandom } from "../../src/domain/random.ts";
import type { Playground } from "../../e2e/pages/Playground.ts";
import type { NatsServer } from "../nats/natsServer.ts";
import type { Say } from "../progress.ts";
import { checkAtRest, checkNow, HEAP_LIMIT, type Quiet } from "./checks.ts";
import { chosenDeed, DEEDS } from "./deeds.ts";

export interface Soak {
  readonly seed: number;
  /** Ends after so many deeds … */
  readonly deeds: number | null;
  /** … or at this time, as `performance.now` tells it. */
  readonly until: number;
  readonly say: Say;
}

export interface SoakFigures {
  readonly done: number;
  readonly slowestAnswerMs: number;
  readonly first: Quiet;
  readonly last: Quiet;
}

/** Everything is brought to rest and looked at after so many deeds. */
const REST_EVERY = 20;

/** Does what the seed says to a page that is open, and checks throughout. Throws at the first thing that does not hold. */
export async function soak(
  playground: Playground,
  server: NatsServer,
  { seed, deeds, until, say }: Soak,
): Promise<SoakFigures> {
  const draw = seededRandom(seed);
  await checkAtRest(playground, server);
  // The page's own code and the first traffic make the heap grow once: what is compared with is the first rest after some deeds.
  let first: Quiet | null = null;
  let slowestAnswerMs = 0;
  let done = 0;
  while (performance.now() < until && (deeds === null || done < deeds)) {
    const deed = chosenDeed(DEEDS, draw());
    if (!deed) break;
    const result = await deed.do({ playground, server, draw });
    done++;
    say(`${done}. ${deed.name} ${result ?? "(nothing to do it to)"}`.trimEnd());
    slowestAnswerMs = Math.max(slowestAnswerMs, await checkNow({ playground }));
    if (done % REST_EVERY === 0) await atRest();
  }
  const last = await atRest();
  return { done, slowestAnswerMs, first: first ?? last, last };

  async function atRest(): Promise<Quiet> {
    const quiet = await checkAtRest(playground, server);
    say(
      `at rest: ${quiet.started} calls started, ${quiet.connections} connections, heap ${quiet.heapMb.toFixed(1)} MB`,
    );
    first ??= quiet;
    expect(quiet.heapMb, `the heap in MB, which began with ${first.heapMb.toFixed(1)}`).toBeLessThanOrEqual(
      first.heapMb * HEAP_LIMIT,
    );
    return quiet;
  }
}

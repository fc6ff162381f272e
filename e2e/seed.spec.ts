import { deflateRawSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { sampleDelayMs } from "../src/domain/setup/delays.ts";
import { deriveSeed, seededRandom } from "../src/domain/base/random.ts";
import type { Scenario } from "../src/domain/setup/scenario.ts";
import { PLAIN_POLICY } from "../src/domain/setup/policies.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

const CALLS = 20;
const DELAY = { kind: "uniform", minMs: 0, maxMs: 80 } as const;

const scenario = (seed: number): Scenario => ({
  setup: {
    seed,
    responders: [
      {
        name: "responder-1",
        subject: "user.get",
        queue: "users",
        handler: { kind: "builtin", id: "echo" },
        handling: "oneAtATime",
        delay: DELAY,
        errorShare: 0.3,
        dropShare: 0.1,
      },
    ],
    requesters: [
      {
        name: "client-1",
        subject: "user.get",
        headers: [],
        timeoutMs: 6000,
        policy: PLAIN_POLICY,
        payload: { format: "json", template: '{ "n": {{n}}, "at": {{random 1 1000000}}, "id": "{{uuid}}" }' },
      },
    ],
  },
});

interface Told {
  readonly payloads: readonly string[];
  readonly outcomes: readonly string[];
  readonly latenciesMs: readonly number[];
}

/** Opens a link as for the first time, makes the calls, and tells what became of them. */
async function perform(playground: Playground, seed: number, payloads: string[]): Promise<Told> {
  const { page } = playground;
  const text = deflateRawSync(JSON.stringify(scenarioDocument(scenario(seed)))).toString("base64url");
  await page.goto("about:blank");
  await playground.open(`./#s=${text}`);
  const from = payloads.length;
  // One connection carries them all, so they arrive in the order in which they were made.
  await playground.send(CALLS);
  await playground.settled(CALLS);
  await expect.poll(() => payloads.length - from).toBe(CALLS);
  const downloading = page.waitForEvent("download");
  await playground.results.getByRole("button", { name: "Export CSV" }).click();
  const [head = "", ...lines] = (await readFile(await (await downloading).path(), "utf8"))
    .trim()
    .split("\r\n");
  const column = (name: string): string[] =>
    lines.map((line) => line.split(",")[head.split(",").indexOf(name)] ?? "");
  return {
    payloads: payloads.slice(from),
    outcomes: column("outcome"),
    latenciesMs: column("latencyMs").map(Number),
  };
}

test("the same link makes the same payloads, errors, silences and delays; another seed makes others", async ({
  playground,
  nats,
}) => {
  const payloads: string[] = [];
  // Not in the queue group: it gets every request too, and replies to none.
  nats.subscribe("user.get", {
    callback: (_error, message) => void payloads.push(message.string()),
  });
  await nats.flush();
  const first = await perform(playground, 5, payloads);
  const second = await perform(playground, 5, payloads);
  expect(second.payloads).toEqual(first.payloads);
  expect(second.outcomes).toEqual(first.outcomes);
  expect(new Set(first.outcomes)).toEqual(new Set(["replied", "errorReply", "timedOut"]));

  // A delay is the least that a call can take; how much more depends on the machine. A timer may be 1 ms early.
  const random = seededRandom(deriveSeed(deriveSeed(5, "responder-1"), "delay"));
  const delaysMs = first.outcomes.map(() => sampleDelayMs(DELAY, random));
  expect(new Set(delaysMs).size).toBeGreaterThan(CALLS / 2);
  for (const { outcomes, latenciesMs } of [first, second])
    latenciesMs.forEach((ms, at) => {
      if (outcomes[at] !== "timedOut") expect(ms).toBeGreaterThan((delaysMs[at] ?? 0) - 1);
    });

  const other = await perform(playground, 6, payloads);
  expect(other.payloads).not.toEqual(first.payloads);
  expect(other.outcomes).not.toEqual(first.outcomes);
});

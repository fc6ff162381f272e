import type { Page } from "@playwright/test";
import { DEFAULT_REQUESTER, DEFAULT_RESPONDER } from "../src/domain/setup/defaultSetup.ts";
import type { RequesterSetup, ResponderSetup } from "../src/domain/setup/setup.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { expect, test } from "./fixtures/test.ts";
import { expectToAddUp, type Playground } from "./pages/Playground.ts";

/** Opens the page as the last visit would have left it. */
async function openWith(
  page: Page,
  playground: Playground,
  responders: readonly ResponderSetup[],
  requester: Partial<RequesterSetup> = {},
): Promise<void> {
  const kept = scenarioDocument({
    setup: { seed: 1, responders, requesters: [{ ...DEFAULT_REQUESTER, ...requester }] },
  });
  await page.addInitScript((text) => localStorage.setItem("roundtrip.setup", text), JSON.stringify(kept));
  await playground.open();
}

/** Chooses a policy by its name and fills in its numbers. */
async function choosePolicy(
  playground: Playground,
  name: string,
  numbers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const requester = playground.requester("client-1");
  await requester.getByLabel("Policy", { exact: true }).selectOption({ label: name });
  for (const [label, value] of Object.entries(numbers)) {
    await requester.getByLabel(label, { exact: true }).fill(value);
  }
}

/** Selects the newest exchange whose line in the transcript says so. */
const openLine = (playground: Playground, words: RegExp): Promise<void> =>
  playground.transcript.getByRole("button", { name: words }).last().click();

test("a retry succeeds on its second attempt: one call, whose handler ran twice", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(1000);
  await choosePolicy(playground, "retry", { "First wait": "3000", "Longest wait": "3000" });
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await playground.send();
  await expect(playground.diagram.getByText(/again in \d\.\d s/)).toBeVisible();
  await playground.responder("responder-1").getByRole("button", { name: "Thaw" }).click();

  const { counts, exchanges, scenario } = await playground.settled(1);
  expect(counts).toMatchObject({ replied: 1, timedOut: 0, late: 1 });
  expect(exchanges).toMatchObject({ started: 2, inFlight: 0, timedOut: 1, replied: 1 });
  expect(scenario.requesters[0]?.policy.retry).toMatchObject({ attempts: 4, firstDelayMs: 3000 });

  await expect(playground.transcript).toContainText("client-1 retries in 3 s: attempt 2 of its call.");
  await openLine(playground, /takes the reply/);
  const call = playground.inspector.getByRole("region", { name: "Call" });
  await expect(call).toContainText(/Call:.*replied/);
  await expect(call.getByRole("row")).toHaveCount(3);
  await expect(call.getByRole("row").nth(1)).toContainText(/timed out.*3 s/);
  await expect(call.getByRole("row").nth(2)).toContainText("replied");
  await expect(call).toContainText("Handlers ran 2 times for this one call");
  await expect(playground.inspector).toContainText(/this attempt .*whole call [4-6]\.\d/s);
  await call.getByRole("button", { name: "Attempt 1" }).click();
  await expect(playground.inspector).toContainText("timed out");
  await expect(playground.inspector.getByText("Idempotency-Key").first()).toBeAttached();
});

test("waits double, then the fallback takes the place of a reply", async ({ page, playground }) => {
  await openWith(page, playground, []);
  await choosePolicy(playground, "retry, then fallback", { "First wait": "150" });
  await expect(playground.requester("client-1")).toContainText(
    "3 attempts, 150 ms, 300 ms apart; then a fallback",
  );
  await playground.send();
  const { counts, exchanges } = await playground.settled(1);
  expect(counts).toMatchObject({ fellBack: 1, noResponders: 0 });
  expect(exchanges).toMatchObject({ started: 3, noResponders: 3 });
  await expect(playground.transcript).toContainText("client-1 retries in 150 ms: attempt 2");
  await expect(playground.transcript).toContainText("client-1 retries in 300 ms: attempt 3");
  await expect(playground.transcript).toContainText(
    "A call of client-1 fell back. The fallback replaced a reply: no responders after 3 attempts.",
  );
  await openLine(playground, /Nothing is subscribed/);
  await expect(playground.inspector.getByRole("region", { name: "Call" })).toContainText("fell back");
});

test("a circuit breaker opens, sends nothing, lets one attempt through and closes", async ({
  page,
  playground,
}) => {
  await openWith(page, playground, []);
  await choosePolicy(playground, "circuit breaker", { "Failures in a row": "2", "Open for": "5000" });
  const card = playground.requester("client-1");
  await expect(card).toContainText("breaker closed");
  await playground.send();
  await playground.settled(1);
  await playground.send();
  await expect(card).toContainText(/breaker open \d\.\d s/);
  await expect(playground.diagram.getByText(/breaker open/).first()).toBeVisible();
  await playground.send();
  const { counts, exchanges } = await playground.settled(3);
  expect(counts).toMatchObject({ noResponders: 2, shortCircuited: 1 });
  expect(exchanges.started).toBe(2);
  await expect(playground.transcript).toContainText(
    "The circuit breaker of client-1 opens for 5 s: 2 failures in a row.",
  );

  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await playground.everyoneConnected();
  await expect(card).toContainText("the next is a trial");
  await playground.send();
  await expect(card).toContainText("breaker closed");
  await expect(playground.transcript).toContainText("The circuit breaker of client-1 is half-open.");
  await expect(playground.transcript).toContainText("The circuit breaker of client-1 closes.");
  expect((await playground.settled(4)).counts.replied).toBe(1);
});

test("scatter-gather takes the same replies until time, a count, a gap or an empty reply ends it", async ({
  page,
  playground,
}) => {
  // The last answers what it was asked, which is nothing: the sentinel.
  const answering = (name: string, id: string, ms: number): ResponderSetup => ({
    ...DEFAULT_RESPONDER,
    name,
    queue: null,
    handler: { kind: "builtin", id },
    delay: { kind: "fixed", ms },
  });
  await openWith(
    page,
    playground,
    [
      answering("responder-1", "user-lookup", 0),
      answering("responder-2", "user-lookup", 30),
      answering("responder-3", "user-lookup", 60),
      answering("last", "echo", 2500),
    ],
    { payload: { format: "text", template: "" } },
  );
  const requester = playground.requester("client-1");
  await choosePolicy(playground, "scatter-gather", { "Gather for": "1200" });
  await playground.send();
  await expect(playground.transcript).toContainText("3 replies gathered; stopped after 1.2 s.");
  await openLine(playground, /ends its gathering/);
  await expect(playground.inspector).toContainText("3 replies gathered");

  await requester.getByLabel("Gather for", { exact: true }).fill("5000");
  await requester.getByLabel("after a count").check();
  await requester.getByLabel("Replies wanted", { exact: true }).fill("2");
  await playground.send();
  await expect(playground.transcript).toContainText("2 replies gathered; stopped at the wanted count.");

  await requester.getByLabel("after a count").uncheck();
  await requester.getByLabel("after a gap").check();
  await requester.getByLabel("Gap", { exact: true }).fill("800");
  await playground.send();
  await expect(playground.transcript).toContainText(
    "3 replies gathered; stopped after 800 ms without another.",
  );

  await requester.getByLabel("after a gap").uncheck();
  await requester.getByLabel("at an empty reply").check();
  await playground.send();
  await expect(playground.transcript).toContainText("3 replies gathered; stopped at an empty reply.");
  const { counts } = await playground.settled(4);
  expect(counts.duplicate).toBe(0);
});

test("what makes no sense together is refused in words, and nothing is sent", async ({ playground }) => {
  await playground.open();
  await choosePolicy(playground, "retry", { "First wait": "9000" });
  const requester = playground.requester("client-1");
  await expect(requester.getByText(/longest wait of 8000 ms is shorter/).first()).toBeVisible();
  await playground.send();
  await expect(playground.page.getByText(/Nothing was sent/)).toBeVisible();
  await requester.getByLabel("First wait", { exact: true }).fill("100");
  await requester.getByLabel("scatter-gather", { exact: true }).check();
  await expect(requester.getByText(/asks everyone once/)).toBeVisible();
  await requester.getByLabel("retry", { exact: true }).uncheck();
  await expect(requester.getByText(/asks everyone once/)).toHaveCount(0);
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);
});

test("under load with retries, nothing is lost from the counters when responders and the requester end", async ({
  page,
  playground,
}) => {
  await openWith(
    page,
    playground,
    [DEFAULT_RESPONDER, { ...DEFAULT_RESPONDER, name: "responder-2", dropShare: 0.3 }],
    {
      timeoutMs: 150,
    },
  );
  await choosePolicy(playground, "combined", {
    "First wait": "20",
    "Failures in a row": "30",
    "Open for": "200",
  });
  await playground.startLoad({ Concurrency: "20", Duration: "600" }, { Stop: "after seconds" });
  await expect.poll(async () => (await playground.exportResults()).counts.replied).toBeGreaterThan(100);
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.responder("responder-2").getByRole("button", { name: "Kill" }).click();
  await expect.poll(async () => (await playground.exportResults()).counts.fellBack).toBeGreaterThan(20);
  const during = await playground.exportResults();
  expectToAddUp(during);
  expect(during.exchanges.started).toBeGreaterThan(during.counts.replied);
  await playground.requester("client-1").getByRole("button", { name: "Remove" }).click();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  expectToAddUp(await playground.exportResults());
});

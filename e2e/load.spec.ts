import { expect, test } from "./fixtures/test.ts";

test("a load with fixed concurrency ends at its bound", async ({ playground }) => {
  await playground.open();
  await playground.startLoad({ Concurrency: "8", Requests: "400" });
  const { counts } = await playground.settled(400);
  expect(counts.replied).toBe(400);
  await expect(playground.requester("client-1").getByRole("button", { name: "Start load" })).toBeVisible();
});

test("a load with a fixed rate keeps to it, however slow the replies are", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(10_000);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill("1000");
  await playground.startLoad({ Rate: "100", Requests: "400" }, { "Load model": "fixed rate" });
  // 100 a second with a second each: about a hundred are in flight at once for three seconds, where a closed loop would
  // keep to its few.
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBeGreaterThan(50);
  expect((await playground.settled(400)).counts.replied).toBe(400);
});

test("a load can be stopped, and what is in flight still settles", async ({ playground }) => {
  await playground.open();
  await playground.startLoad({ Concurrency: "4", Duration: "600" }, { Stop: "after seconds" });
  await expect.poll(async () => (await playground.exportResults()).counts.replied).toBeGreaterThan(50);
  // Another requester's form takes the place of its own.
  await playground.requesters.getByRole("button", { name: "Add requester" }).click();
  await playground.openRequester("client-2");
  await playground.requester("client-1").getByRole("button", { name: "Stop load" }).click();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  const { counts, runs } = await playground.exportResults();
  expect(counts.replied).toBe(counts.started);
  expect(runs[0]?.state).toBe("stopped");
  await expect(await playground.openRuns("Last run")).toContainText("4 in flight, 600 s, stopped");
});

test("what is planned for a load is there after a reload", async ({ playground, page }) => {
  await playground.open();
  await playground.planLoad(
    { Rate: "250", Duration: "7" },
    { "Load model": "fixed rate", Stop: "after seconds" },
  );
  await playground.drawLoad(false);
  await expect(playground.requester("client-1")).toContainText("250 a second, 7 s, not drawn");
  await page.reload();
  await expect(playground.requester("client-1")).toContainText("250 a second, 7 s, not drawn");
});

test("calls in flight can be cancelled", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(60_000);
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await playground.send(7);
  await expect(playground.responder("responder-1")).toContainText("frozen");
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(7);
  await playground.requester("client-1").getByRole("button", { name: "client-1", exact: true }).click();
  await playground.inspector.getByRole("button", { name: "Cancel calls in flight" }).click();
  expect((await playground.settled(7)).counts.cancelled).toBe(7);
});

test("a requester removed with calls in flight: they are cancelled, and the counters add up", async ({
  playground,
}) => {
  await playground.open();
  await playground.setTimeoutMs(60_000);
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await playground.send(3);
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(3);
  await playground.requester("client-1").getByRole("button", { name: "Remove" }).click();
  expect((await playground.settled(3)).counts.cancelled).toBe(3);
});

test("a load that is not drawn: the page stands still until it ends, and then has all of it", async ({
  playground,
  page,
}) => {
  await playground.open();
  const client = playground.requester("client-1");
  const calls = playground.results.getByLabel("Calls", { exact: true });
  const before = await calls.innerText();
  await playground.planLoad({ Concurrency: "4", Duration: "600" }, { Stop: "after seconds" });
  await playground.drawLoad(false);
  await expect(client).toContainText("4 in flight, 600 s, not drawn");
  await client.getByRole("button", { name: "Start load" }).click();
  const note = playground.diagram.getByText("Recording, not drawing");
  await expect(note).toBeVisible();
  // It is told how far the load is, and nothing else.
  await expect(client).toContainText(/[1-9]\d* finished/);
  expect(await calls.innerText()).toBe(before);
  await playground.stopLoad();
  await expect(note).toBeHidden();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  const { counts, responders, runs } = await playground.exportResults();
  expect(counts.replied).toBe(runs[0]?.started);
  expect(responders[0]).toMatchObject({ received: counts.replied, replied: counts.replied });
  await expect(calls).toContainText(counts.replied.toLocaleString("en"));

  await client.getByRole("button", { name: "Start load" }).click();
  await page.getByRole("button", { name: "Draw again" }).click();
  await expect(note).toBeHidden();
  await expect(client.getByRole("button", { name: "Stop load" })).toBeVisible();
  await expect.poll(() => calls.innerText()).not.toContain(counts.replied.toLocaleString("en"));
  await playground.stopLoad();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
});

test("a page that stands still draws again when its requester is gone", async ({ playground }) => {
  await playground.open();
  await playground.planLoad({ Concurrency: "2", Duration: "600" }, { Stop: "after seconds" });
  await playground.drawLoad(false);
  await playground.requester("client-1").getByRole("button", { name: "Start load" }).click();
  const note = playground.diagram.getByText("Recording, not drawing");
  await expect(note).toBeVisible();
  await playground.requester("client-1").getByRole("button", { name: "Remove" }).click();
  await expect(note).toBeHidden();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  const { counts } = await playground.exportResults();
  expect(counts.started).toBeGreaterThan(0);
  expect(counts.replied + counts.cancelled).toBe(counts.started);
});

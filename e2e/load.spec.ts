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
  await playground.startLoad({ Rate: "100", Requests: "400" }, { Keep: "calls a second" });
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
  const { counts } = await playground.exportResults();
  expect(counts.replied).toBe(counts.started);
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

import { expect, test } from "./fixtures/test.ts";

test("nobody subscribes: no responders, long before the timeout", async ({ playground }) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
  await playground.send();
  const { counts } = await playground.settled(1);
  expect(counts).toMatchObject({ noResponders: 1, timedOut: 0 });
  await expect(playground.transcript).toContainText(/no responders/i);
});

test("a frozen responder: timed out; thawed, its reply is late", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(300);
  const responder = playground.responder("responder-1");
  await responder.getByRole("button", { name: "Freeze" }).click();
  await expect(responder).toContainText("frozen");
  await playground.send();
  expect((await playground.settled(1)).counts).toMatchObject({ timedOut: 1, noResponders: 0, late: 0 });
  await responder.getByRole("button", { name: "Thaw" }).click();
  await expect.poll(async () => (await playground.exportResults()).counts.late).toBe(1);
  await playground.setTimeoutMs(10_000);
  await playground.send();
  expect((await playground.settled(2)).counts).toMatchObject({ timedOut: 1, replied: 1, late: 1 });
});

test("a responder killed while it works: its requests time out, nothing is lost from the counters", async ({
  playground,
}) => {
  await playground.open();
  await playground.setTimeoutMs(700);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill("5000");
  await playground.send(5);
  await expect(playground.responder("responder-1")).toContainText("busy with 5");
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await expect(playground.responder("responder-1")).toContainText("dead");
  expect((await playground.settled(5)).counts).toMatchObject({ timedOut: 5, replied: 0 });
  await playground.send();
  expect((await playground.settled(6)).counts.noResponders).toBe(1);
  await playground.responder("responder-1").getByRole("button", { name: "Start" }).click();
  await playground.everyoneConnected();
});

test("a draining responder finishes what it holds and loses nothing", async ({ playground }) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill("3000");
  await playground.setTimeoutMs(20_000);
  await playground.send(20);
  await expect(playground.responder("responder-1")).toContainText("busy with 20");
  await playground.responder("responder-1").getByRole("button", { name: "Drain" }).click();
  const { counts } = await playground.settled(20);
  expect(counts.replied).toBe(20);
  await expect(playground.responder("responder-1")).toContainText("drained");
  await playground.send();
  expect((await playground.settled(21)).counts.noResponders).toBe(1);
});

test("a failing handler answers with an error reply", async ({ playground }) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler").selectOption("failing");
  await playground.send();
  const { counts, responders } = await playground.settled(1);
  expect(counts.errorReply).toBe(1);
  expect(responders[0]?.errors).toBe(1);
});

test("a payload over the server's limit is refused, with the reason", async ({ playground }) => {
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByRole("button", { name: "text" }).click();
  await requester.getByLabel("Payload", { exact: true }).fill("x".repeat(1_100_000));
  await playground.send();
  expect((await playground.settled(1)).counts.refused).toBe(1);
  await expect(playground.transcript).toContainText(/refused/i);
});

test("shares of dropped requests and error replies hold roughly, from a seed", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(1000);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Error replies").fill("30");
  await playground.inspector.getByLabel("Dropped requests").fill("20");
  await playground.send(200);
  const { counts } = await playground.settled(200);
  expect(counts.timedOut).toBeGreaterThan(15);
  expect(counts.timedOut).toBeLessThan(75);
  expect(counts.errorReply).toBeGreaterThan(20);
  expect(counts.errorReply).toBeLessThan(100);
  expect(counts.replied).toBe(200 - counts.timedOut - counts.errorReply);
});

test("one at a time: others wait in line; concurrently: they do not", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(20_000);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill("100");
  await playground.inspector.getByLabel("Concurrency").selectOption("oneAtATime");
  await playground.send(10);
  const inLine = await playground.settled(10);
  expect(inLine.latencyMs?.max).toBeGreaterThan(950);
  await playground.results.getByRole("button", { name: "Reset" }).click();
  await playground.inspector.getByLabel("Concurrency").selectOption("concurrent");
  await playground.send(10);
  const atOnce = await playground.settled(10);
  expect(atOnce.latencyMs?.min).toBeGreaterThanOrEqual(99);
  expect(atOnce.latencyMs?.max).toBeLessThan(inLine.latencyMs?.max ?? 0);
});

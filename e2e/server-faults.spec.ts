import { expect, test } from "./fixtures/test.ts";
import { expectToAddUp } from "./pages/Playground.ts";

test.use({ expectedNoise: [/WebSocket/] });

test("nats-server killed and started again under load: the page says so, recovers, and loses no call", async ({
  playground,
  server,
}) => {
  await playground.open();
  await playground.addResponders(2);
  await playground.setTimeoutMs(1000);
  await playground.startLoad(
    { Rate: "100", Duration: "600" },
    { "Load model": "fixed rate", Stop: "after seconds" },
  );
  await expect.poll(async () => (await playground.exportResults()).counts.replied).toBeGreaterThan(50);

  await server.kill();
  await expect(playground.status).toContainText(/Reconnecting|Disconnected/);
  await expect.poll(async () => (await playground.exportResults()).counts.connectionLost).toBeGreaterThan(0);
  expectToAddUp(await playground.exportResults());

  await server.start();
  await expect(playground.status).toContainText("Connected", { timeout: 20_000 });
  const before = (await playground.exportResults()).counts.replied;
  await expect
    .poll(async () => (await playground.exportResults()).counts.replied, { timeout: 20_000 })
    .toBeGreaterThan(before + 50);
  await playground.stopLoad();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  expectToAddUp(await playground.exportResults());
});

test("a responder killed under load loses no call from the counters", async ({ playground }) => {
  await playground.open();
  await playground.addResponders(2);
  await playground.setTimeoutMs(500);
  await playground.startLoad({ Concurrency: "20", Duration: "600" }, { Stop: "after seconds" });
  await expect.poll(async () => (await playground.exportResults()).counts.replied).toBeGreaterThan(100);
  await playground.responder("responder-2").getByRole("button", { name: "Kill" }).click();
  expectToAddUp(await playground.exportResults());
  const before = (await playground.exportResults()).counts.replied;
  await expect
    .poll(async () => (await playground.exportResults()).counts.replied)
    .toBeGreaterThan(before + 100);
  await playground.stopLoad();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  expectToAddUp(await playground.exportResults());
});

test("the server can be killed and started from the page", async ({ playground }) => {
  await playground.open();
  await playground.diagram.getByRole("button", { name: /^nats-server in the diagram/ }).click();
  await playground.inspector.getByRole("button", { name: "Kill server" }).click();
  await expect(playground.status).toContainText(/Reconnecting|Disconnected/);
  await playground.send();
  expect((await playground.settled(1)).counts.connectionLost).toBe(1);
  await playground.inspector.getByRole("button", { name: "Start server" }).click();
  await expect(playground.status).toContainText("Connected", { timeout: 20_000 });
  await expect(playground.responder("responder-1")).toContainText("connected", { timeout: 20_000 });
  await expect(playground.requester("client-1")).toContainText("connected", { timeout: 20_000 });
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(1);
});

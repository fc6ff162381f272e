import { expect, test } from "./fixtures/test.ts";

test("three members of a queue group share 300 requests as a random choice would", async ({ playground }) => {
  await playground.open();
  await playground.addResponders(2);
  await playground.send(300);
  const { counts, responders } = await playground.settled(300);
  expect(counts).toMatchObject({ replied: 300, duplicate: 0, late: 0 });
  expect(responders.map(({ received }) => received).reduce((sum, count) => sum + count)).toBe(300);
  // Five standard deviations: a true random choice leaves this band once in about a million runs.
  const band = 5 * Math.sqrt((300 / 3) * (1 - 1 / 3));
  for (const { name, received } of responders) {
    expect(Math.abs(received - 100), `${name} received ${received}`).toBeLessThanOrEqual(band);
  }
  await playground.results.getByRole("tab", { name: "Load distribution" }).click();
  for (const { name } of responders) await expect(playground.results).toContainText(name);
});

test("without a queue group every responder does the work and the first reply is taken", async ({
  playground,
}) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Queue group").fill("");
  await playground.addResponders(2);
  await playground.send(300);
  await expect.poll(async () => (await playground.exportResults()).counts.duplicate).toBe(600);
  const { counts, responders } = await playground.settled(300);
  expect(counts.replied).toBe(300);
  for (const { received, replied } of responders)
    expect({ received, replied }).toEqual({ received: 300, replied: 300 });
});

test("a frozen member keeps getting its share", async ({ playground }) => {
  await playground.open();
  await playground.addResponders(1);
  await playground.setTimeoutMs(3000);
  await playground.responder("responder-2").getByRole("button", { name: "Freeze" }).click();
  await playground.send(100);
  const { counts, responders } = await playground.settled(100);
  const frozen = responders.find(({ name }) => name === "responder-2");
  expect(frozen?.received).toBeGreaterThan(20);
  expect(counts.timedOut).toBe(frozen?.received);
  expect(counts.replied).toBe(100 - counts.timedOut);
});

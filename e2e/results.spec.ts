import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures/test.ts";

test("latency: exact figures, and the export agrees with itself", async ({ playground }) => {
  await playground.open();
  await playground.send(100);
  const { latencyMs, server, scenario } = await playground.settled(100);
  if (!latencyMs) throw new Error("no latency was exported");
  expect(latencyMs.count).toBe(100);
  const { min, p50, p90, p99, max } = latencyMs;
  expect([min, p50, p90, p99, max]).toEqual([min, p50, p90, p99, max].toSorted((a, b) => a - b));
  expect(min).toBeGreaterThan(0);
  expect(server?.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(scenario.responders[0]?.subject).toBe("user.get");
  await playground.results.getByRole("tab", { name: "Latency" }).click();
  await expect(playground.results).toContainText("p99");
});

test("CSV has a row for each exchange", async ({ playground, page }) => {
  await playground.open();
  await playground.send(25);
  await playground.settled(25);
  const downloading = page.waitForEvent("download");
  await playground.results.getByRole("button", { name: "Export CSV" }).click();
  const rows = (await readFile(await (await downloading).path(), "utf8")).trim().split(/\r?\n/);
  expect(rows).toHaveLength(26);
  expect(rows[1]).toContain("user.get");
});

test("Reset empties the record; calls in flight stay counted", async ({ playground }) => {
  await playground.open();
  await playground.send(10);
  await playground.settled(10);
  await playground.setTimeoutMs(6000);
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await playground.send(2);
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(2);
  await playground.results.getByRole("button", { name: "Reset" }).click();
  expect((await playground.settled(2)).counts).toMatchObject({ replied: 0, timedOut: 2 });
});

test("messages can be filtered, walked with the keyboard, and inspected", async ({ playground, page }) => {
  await playground.open();
  await playground.send(5);
  await playground.settled(5);
  await playground.requester("client-1").getByLabel("Subject").fill("nobody.home");
  await playground.send();
  await playground.settled(6);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results
    .getByLabel(/filter/i)
    .first()
    .fill("nobody");
  await expect(playground.results.getByText("nobody.home").first()).toBeVisible();
  await playground.results.getByText("nobody.home").first().click();
  await expect(playground.inspector).toContainText(/no responders/i);
  await expect(page.getByText("_INBOX.").first()).toBeVisible();
});

import { expect, test } from "./fixtures/test.ts";

test("the page connects and names the server and its version", async ({ playground }) => {
  await playground.open();
  await expect(playground.status).toContainText(/Connected to nats-server \d+\.\d+\.\d+/);
});

test("the first click of Send brings a reply, told step by step", async ({ playground }) => {
  await playground.open();
  await playground.send();
  const steps = playground.inspector.getByRole("listitem");
  await expect(steps).toHaveCount(6);
  await expect(playground.inspector).toContainText("user.get");
  await expect(playground.inspector).toContainText("_INBOX.");
  await expect(playground.inspector).toContainText("responder-1");
  await expect(playground.transcript).toContainText("client-1");
  const { counts, responders } = await playground.settled(1);
  expect(counts.replied).toBe(1);
  expect(responders).toEqual([
    expect.objectContaining({ name: "responder-1", queue: "users", received: 1, replied: 1 }),
  ]);
});

test("the Send key does what the button does", async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press("s");
  expect((await playground.settled(1)).counts.replied).toBe(1);
});

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

test("a newcomer finds one button to press and one line that offers a lesson; Advanced stays as it was left", async ({
  page,
  playground,
}) => {
  await page.goto("./");
  await expect(playground.status).toContainText("Connected");
  const requester = playground.requester("client-1");
  for (const folded of ["Timeout", "Policy", "Requests to send"])
    await expect(requester.getByLabel(folded, { exact: true })).toBeHidden();
  await expect(requester.getByRole("group", { name: "Payload format" })).toBeHidden();
  await expect(requester.getByRole("button", { name: "Start load" })).toBeHidden();
  await expect(playground.results.getByRole("tabpanel")).toBeHidden();
  await requester.locator("summary[aria-label='Advanced']").click();
  await expect(requester.getByLabel("Policy", { exact: true })).toBeVisible();
  await page.reload();
  await expect(requester.getByLabel("Policy", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Start with “First round trip”" }).click();
  await expect(page.getByRole("region", { name: "Lesson", exact: true })).toContainText("First round trip");
  await expect(page.getByText("New to request-reply?")).toBeHidden();
});

test("the offer of a lesson is declined once", async ({ page, playground }) => {
  await page.goto("./");
  await expect(playground.status).toContainText("Connected");
  await page.getByRole("button", { name: "No, thanks" }).click();
  await expect(page.getByText("New to request-reply?")).toBeHidden();
  await page.reload();
  await expect(playground.status).toContainText("Connected");
  await expect(page.getByText("New to request-reply?")).toBeHidden();
});

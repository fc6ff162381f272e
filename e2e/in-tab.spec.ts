import type { Page } from "@playwright/test";
import { runStatic } from "./fixtures/embeddedServer.ts";
import type { Running } from "./fixtures/running.ts";
import { NO_EMBEDDED_VARIABLE } from "./fixtures/serverKind.ts";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";
import { Workshop } from "./pages/Workshop.ts";

// The page from a folder of a host that knows files only, which sends no headers and answers 404 to what it does not have.
test.use({ expectedNoise: [/Failed to load resource|ERR_/] });

let site: Running;
test.beforeEach(async () => {
  test.skip(
    process.env[NO_EMBEDDED_VARIABLE] !== undefined,
    "The nats-server for the browser needs Go, which is not here.",
  );
  site = await runStatic();
});
test.afterEach(() => site?.close());

async function inspectServer({ diagram }: Playground): Promise<void> {
  const server = diagram.getByRole("button", { name: /^nats-server in the diagram/ });
  if ((await server.getAttribute("aria-pressed")) !== "true") await server.click();
}

async function secondTab(page: Page): Promise<Playground> {
  const tab = await page.context().newPage();
  return new Playground(tab);
}

test("a page without a server brings its own: it says so, answers, and is monitored", async ({
  playground,
}) => {
  await playground.open(site.app);
  await expect(playground.status).toContainText(`nats-server ${site.version}`);
  await expect(playground.status).toContainText("in this browser");
  await playground.addResponders(2);
  await playground.send(100);
  expect((await playground.settled(100)).counts.replied).toBe(100);
  await inspectServer(playground);
  await expect(playground.inspector.getByRole("heading", { name: "This page" })).toContainText("5");
  await expect(playground.inspector).toContainText("user.get");
  await playground.requester("client-1").getByLabel("Subject").fill("nobody.there");
  await playground.send();
  expect((await playground.settled(101)).counts.noResponders).toBe(1);
});

test("its server is killed, stopped and started from the page", async ({ playground }) => {
  await playground.open(site.app);
  for (const [action, started] of [
    ["Kill server", 1],
    ["Stop server", 3],
  ] as const) {
    await inspectServer(playground);
    await playground.inspector.getByRole("button", { name: action }).click();
    await expect(playground.status).toContainText(/Reconnecting|Disconnected/);
    await playground.send();
    await playground.settled(started);
    await playground.inspector.getByRole("button", { name: "Start server" }).click();
    await expect(playground.status).toContainText("Connected", { timeout: 20_000 });
    await expect(playground.responder("responder-1")).toContainText("connected", { timeout: 20_000 });
    await expect(playground.requester("client-1")).toContainText("connected", { timeout: 20_000 });
    await playground.send();
    await playground.settled(started + 1);
  }
  expect((await playground.settled(4)).counts).toMatchObject({ replied: 2, connectionLost: 2 });
});

test("it is restarted from the page, and everyone comes back", async ({ playground }) => {
  await playground.open(site.app);
  await playground.send();
  await playground.settled(1);
  await inspectServer(playground);
  await playground.inspector.getByRole("button", { name: "Restart server" }).click();
  await expect(playground.status).toContainText("Connected", { timeout: 20_000 });
  await expect(playground.responder("responder-1")).toContainText("connected", { timeout: 20_000 });
  await expect(playground.requester("client-1")).toContainText("connected", { timeout: 20_000 });
  // Another server than before: it counts from the beginning.
  await expect(playground.transcript).toContainText("was lost");
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(2);
});

test("a lame duck still answers, and says that it goes", async ({ playground }) => {
  await playground.open(site.app);
  await inspectServer(playground);
  await playground.inspector.getByRole("button", { name: "Lame duck" }).click();
  await expect(playground.status).toContainText("lame duck");
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);
});

test("a worker that is ended without a word is noticed by the server at once", async ({ playground }) => {
  await playground.open(site.app);
  await playground.addResponders(1);
  await inspectServer(playground);
  const connections = playground.inspector.getByRole("heading", { name: "This page" });
  await expect(connections).toContainText("4");
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.send(50);
  // None went to the one that is gone.
  expect((await playground.settled(50)).counts.replied).toBe(50);
  await expect(connections).toContainText("3");
});

test("two tabs meet on one server", async ({ playground, page }) => {
  await playground.open(site.app);
  await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
  await playground.send();
  expect((await playground.settled(1)).counts.noResponders).toBe(1);
  const other = await secondTab(page);
  await other.open(site.app);
  await other.addResponders(1);
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(1);
  await inspectServer(playground);
  await expect(playground.inspector.getByRole("heading", { name: "Other tabs" })).toBeVisible();
  await other.page.close();
  await expect(playground.inspector.getByRole("heading", { name: "Other tabs" })).toContainText("0");
  await playground.send();
  expect((await playground.settled(3)).counts.noResponders).toBe(2);
});

test("where workers cannot be shared, the tab has a server of its own", async ({ playground, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  await playground.open(site.app);
  await expect(playground.status).toContainText("in this tab");
  await playground.send(10);
  expect((await playground.settled(10)).counts.replied).toBe(10);
});

test("after one visit it works without any network, a handler of one's own included", async ({
  playground,
  page,
}) => {
  await playground.open(site.app);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await site.close();
  await page.reload();
  await expect(playground.status).toContainText("Connected");
  await playground.everyoneConnected();
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply("export default (request) => ({ offline: request.json().user_id });\n");
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(2);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("row").getByText("user.get").first().click();
  await expect(playground.inspector).toContainText('"offline": 2');
});

import { chromium } from "@playwright/test";
import { chromiumFlags } from "../tools/browser/chromiumFlags.ts";
import { CHROMIUM_VARIABLE } from "../tools/browser/findChromium.ts";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

/** How many connections the server of the page has, as its monitoring says. */
const connections = async ({ page }: Playground, app: string): Promise<number> => {
  const answer: unknown = await (await page.request.get(new URL("monitoring/connz", app).href)).json();
  return (answer as { readonly num_connections: number }).num_connections; // what nats-server writes
};

test.beforeEach(({ server }) => {
  test.skip(server.url === "in-tab", "There the server is the page's own.");
});

test("a page that the browser keeps for the way back has no connection; when it is back, each peer has one again", async ({
  app,
}) => {
  const executablePath = process.env[CHROMIUM_VARIABLE];
  // Playwright tells Chromium to keep no page.
  const browser = await chromium.launch({
    args: chromiumFlags(),
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    ...(executablePath !== undefined && { executablePath }),
  });
  const playground = new Playground(await browser.newPage());
  await playground.open(app);
  await playground.send(3);
  await playground.settled(3);
  expect(await connections(playground, app)).toBe(3);

  await playground.page.goto("about:blank");
  await expect.poll(() => connections(playground, app)).toBe(0);
  // Nothing is loaded by that, for which Playwright's own way back would wait.
  await playground.page.evaluate(() => history.back());
  await expect(playground.page).toHaveURL(app);
  await expect(playground.status).toContainText("Connected");
  await expect.poll(() => connections(playground, app)).toBe(3);
  await playground.send(2);
  // It is the same page: it knows what was counted before.
  expect((await playground.settled(5)).counts).toMatchObject({ started: 5, replied: 5 });
  await browser.close();
});

test("a page that is left and comes back begins its connections anew, once, and keeps what it counted", async ({
  playground,
  app,
}) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Duplicate" }).click();
  await playground.send(3);
  await playground.settled(3);
  await expect.poll(() => connections(playground, app)).toBe(4);

  const leaves = (type: "pagehide" | "pageshow"): Promise<unknown> =>
    playground.page.evaluate(
      (event) => window.dispatchEvent(new PageTransitionEvent(event, { persisted: true })),
      type,
    );
  await leaves("pagehide");
  await expect.poll(() => connections(playground, app)).toBe(0);
  await leaves("pageshow");
  await expect(playground.status).toContainText("Connected");
  await expect.poll(() => connections(playground, app)).toBe(4);
  await playground.send(2);
  const { counts, responders } = await playground.settled(5);
  expect(counts).toMatchObject({ started: 5, replied: 5 });
  expect(responders.reduce((sum, { replied }) => sum + replied, 0)).toBe(5);
});

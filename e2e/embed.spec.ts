import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { deflateRawSync } from "node:zlib";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import type { Scenario } from "../src/domain/setup/scenario.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { pickPorts } from "../tools/ports.ts";
import { serveFolder } from "./fixtures/embeddedServer.ts";
import { leftOut } from "./fixtures/leftOut.ts";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

/** The browser says what it frames in no page. */
test.use({ expectedNoise: [/frame-ancestors|chrome-error|ERR_BLOCKED_BY_RESPONSE|favicon\.ico/] });

const linkOf = (scenario: Scenario): string =>
  `#s=${deflateRawSync(JSON.stringify(scenarioDocument(scenario))).toString("base64url")}`;

const scenarioOf = (id: string): Scenario => {
  const found = ENTRIES.find((entry) => entry.id === id);
  if (!found) throw new Error(`The gallery has no ${id}.`);
  return found.scenario;
};

/** The frame as docs/embedding.md writes it. */
function documented(): string {
  const frame = /```html\n([^]*?)```/.exec(readFileSync("docs/embedding.md", "utf8"))?.[1];
  if (frame === undefined) throw new Error("docs/embedding.md shows no frame.");
  return frame;
}

/** Somebody's page on an origin of its own, with a frame in it. */
async function openHost(
  page: Page,
  src: string,
  width = 800,
  height = 450,
  sandbox?: string,
): Promise<Playground> {
  const frame = documented()
    .replace("<iframe", () => (sandbox === undefined ? "<iframe" : `<iframe sandbox="${sandbox}"`))
    .replace(/src="[^"]*"/, () => `src="${src}"`)
    .replace('"800"', `"${width}"`)
    .replace('"450"', `"${height}"`);
  const [port = 0] = await pickPorts(1);
  const host = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>A course</title><h1>A course</h1>${frame}</html>`);
  });
  await new Promise<void>((resolve) => {
    host.listen(port, "127.0.0.1", resolve);
  });
  page.once("close", () => {
    host.close();
    host.closeAllConnections();
  });
  await page.goto(`http://localhost:${port}/`);
  return new Playground(page);
}

/** Where a frame of another site is not to be had. */
function needsFrame(): void {
  test.skip(leftOut.inFrame() !== null, leftOut.inFrame() ?? "");
  needsServerInTab();
}

/** A frame uses no other server. */
function needsServerInTab(): void {
  test.skip(leftOut.serverInTab() !== null, leftOut.serverInTab() ?? "");
}

const frameOf = (page: Page) => page.frameLocator('iframe[title="Roundtrip"]');

test("a page of another origin frames the diagram and its controls, and nothing else", async ({
  app,
  page,
}) => {
  needsFrame();
  await openHost(page, `${app}?embed${linkOf(scenarioOf("two-groups"))}`);
  const frame = frameOf(page);
  await expect(frame.getByRole("status").first()).toContainText("Connected");
  await expect(frame.getByRole("region", { name: "Diagram" })).toContainText("shipping-2");
  for (const region of ["Requesters", "Responders", "Inspector", "Results"])
    await expect(frame.getByRole("region", { name: region })).toHaveCount(0);
  await frame.getByRole("button", { name: "Send", exact: true }).click();
  const playback = frame.getByRole("region", { name: "Playback" });
  // One of two groups replied first: the other's reply is a duplicate, which is the end of it.
  await expect(frame.getByRole("slider", { name: "Time" })).toBeEnabled();
  await playback.getByRole("button", { name: "Pause" }).click();
  await playback.getByRole("button", { name: "Start of the record" }).click();
  await playback.getByRole("button", { name: "Step forward" }).click();
  await expect(playback).toContainText("is connected");
  await playback.getByRole("button", { name: "Live", exact: true }).click();

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  const opening = page.waitForEvent("popup");
  await frame.getByRole("link", { name: "Open in Roundtrip" }).click();
  const full = new Playground(await opening);
  await expect(full.status).toContainText("Connected");
  await expect(full.responder("shipping-2")).toBeVisible();
  await expect(full.requester("shop").getByLabel("Subject")).toHaveValue("order.new");
  expect(await full.page.evaluate(() => window.opener)).toBeNull();
});

test("a frame of any site uses the server in the tab: the visitor's nats-server hears nothing of it", async ({
  app,
  page,
  nats,
}) => {
  needsFrame();
  const [plain] = scenarioOf("first-round-trip").setup.responders;
  if (!plain) throw new Error("It has no responder.");
  const everything = { ...plain, subject: ">", queue: null };
  const setup = { ...scenarioOf("first-round-trip").setup, responders: [everything] };
  // As where the person who runs the server listed no site that may frame it.
  await page.route("**/roundtrip.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), framers: [] } });
  });
  await openHost(page, `${app}?embed${linkOf({ setup })}`);
  const frame = frameOf(page);
  await expect(frame.getByRole("status").first()).toContainText("in this tab");
  await expect(frame.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await frame.getByRole("button", { name: "Send", exact: true }).click();
  await expect(frame.getByRole("slider", { name: "Time" })).toBeEnabled();
  // Nobody there subscribes to everything, nor to anything.
  await expect(nats.request("private.matter", "", { timeout: 5000 })).rejects.toThrow("503");
});

test("an embedded page reads and keeps nothing of the visitor's", async ({ app, page, playground }) => {
  needsServerInTab();
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("user.mine");
  const kept = (): Promise<Record<string, string>> => page.evaluate(() => ({ ...localStorage }));
  await expect.poll(async () => (await kept())["roundtrip.setup"]).toContain("user.mine");
  // Gone from, since a page keeps its setup when it goes; and on its own origin, where storage is the same.
  await page.goto(`${app}icon.svg`);
  const before = await kept();
  await page.goto(`${app}?embed&lesson=first-round-trip`);
  await expect(playground.status).toContainText("Connected");
  await page.getByRole("button", { name: /^Send 10/ }).click();
  await expect(page.getByRole("slider", { name: "Time" })).toBeEnabled();
  await page.goto(`${app}?embed${linkOf(scenarioOf("everybody-works"))}`);
  await expect(playground.diagram).toContainText("responder-3");
  await page.reload();
  await expect(playground.diagram).toContainText("responder-3");
  await page.goto(`${app}icon.svg`);
  expect(await kept()).toEqual(before);
  await playground.open(app);
  await expect(playground.requester("client-1").getByLabel("Subject")).toHaveValue("user.mine");
});

const HOSTILE: Scenario = {
  ...scenarioOf("first-round-trip"),
  server: "wss://stranger.example:8443",
  setup: {
    ...scenarioOf("first-round-trip").setup,
    responders: scenarioOf("first-round-trip").setup.responders.map((each) => ({
      ...each,
      handler: {
        kind: "code" as const,
        title: "stranger",
        source: "export default () => ({ stranger: true });",
      },
    })),
  },
};

test("nothing can be agreed to in a frame: it says so, and leads to the full page", async ({ app, page }) => {
  needsFrame();
  await openHost(page, `${app}?embed${linkOf(HOSTILE)}`);
  const frame = frameOf(page);
  await expect(frame.getByRole("status").first()).toContainText("Connected");
  const server = frame.getByRole("region", { name: "Another server" });
  await expect(server).toContainText("wss://stranger.example:8443");
  const code = frame.getByRole("region", { name: "Code not reviewed" });
  await expect(code).toContainText("responder-1");
  // Neither by a button nor by a key.
  await expect(frame.getByRole("button", { name: /agree|connect|run|start server/i })).toHaveCount(0);
  await frame.getByRole("button", { name: "responder-1" }).click();
  await frame.getByRole("button", { name: "Send", exact: true }).click();
  await expect(frame.getByRole("dialog")).toHaveCount(0);
  await expect(code).toBeVisible();

  const opening = page.waitForEvent("popup");
  await code.getByRole("link", { name: "Open in Roundtrip" }).click();
  const full = new Playground(await opening);
  await expect(full.responder("responder-1")).toContainText("code not reviewed");
});

test("an address leads no frame to a stranger's server", async ({ app, page }) => {
  needsFrame();
  const asked: string[] = [];
  page.on("websocket", (socket) => asked.push(socket.url()));
  await openHost(page, `${app}?embed&server=wss://stranger.example:8443`, 480, 320);
  const frame = frameOf(page);
  await expect(frame.getByRole("region", { name: "Another server" })).toContainText("stranger.example");
  await expect(frame.getByRole("status").first()).toContainText("Connected");
  expect(asked.filter((url) => url.includes("stranger"))).toEqual([]);
});

test.describe("a sandboxed frame", () => {
  test.use({ expectedNoise: [/from origin 'null'|net::ERR_FAILED|favicon\.ico|ERR_BLOCKED_BY_RESPONSE/] });

  test("without an origin says what it lacks, and leads to the full page; with one it works", async ({
    app,
    page,
  }) => {
    needsFrame();
    const { app: onStaticHost, close } = await serveFolder();
    // As GitHub Pages does: then the page's module runs there too.
    await page.route(`${onStaticHost}**`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "Access-Control-Allow-Origin": "*" };
      await route.fulfill({ response, headers });
    });
    for (const folder of [app, onStaticHost]) {
      const address = `${folder}?embed&theme=dark${linkOf(scenarioOf("two-groups"))}`;
      await openHost(page, address, 480, 320, "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      const main = frameOf(page).getByRole("main");
      await expect(main).toContainText("Roundtrip does not run in this frame");
      await expect(main).toContainText("sandboxed without allow-same-origin");
      const full = address.replace("embed&theme=dark", "").replace("?#", "#");
      await expect(main.getByLabel("copy its address")).toHaveValue(full);
    }
    const opening = page.waitForEvent("popup");
    await frameOf(page).getByRole("link", { name: "Open the full page" }).click();
    const full = new Playground(await opening);
    await expect(full.responder("shipping-2")).toBeVisible();
    await full.page.close();
    await page.unrouteAll({ behavior: "wait" });
    await close();

    // What the words say to write.
    const advised = /sandbox="([^"]*)"/.exec(await frameOf(page).getByRole("main").innerText())?.[1];
    await openHost(page, `${app}?embed${linkOf(scenarioOf("two-groups"))}`, 800, 450, advised);
    await expect(frameOf(page).getByRole("status").first()).toContainText("Connected");
    await frameOf(page).getByRole("button", { name: "Send", exact: true }).click();
    await expect(frameOf(page).getByRole("slider", { name: "Time" })).toBeEnabled();
  });
});

test("the full page stands in no frame, by its headers or by its own word", async ({ app, page }) => {
  const { app: withoutHeaders, close } = await serveFolder();
  for (const src of [app, `${app}index.html?lesson=embed`, withoutHeaders]) {
    await openHost(page, src);
    const frame = page.frames().find((each) => each !== page.mainFrame());
    await expect
      .poll(async () => {
        const refused = frame?.url().startsWith("chrome-error:");
        return refused || (await frameOf(page).getByRole("link", { name: "Open Roundtrip" }).count()) === 1;
      })
      .toBe(true);
    await expect(frameOf(page).getByRole("button")).toHaveCount(0);
    await expect(frameOf(page).getByRole("region", { name: "Diagram" })).toHaveCount(0);
  }
  const opening = page.waitForEvent("popup");
  await frameOf(page).getByRole("link", { name: "Open Roundtrip" }).click();
  expect((await opening).url()).toBe(withoutHeaders);
  await (await opening).close();
  await close();
});

for (const [width, height] of [
  [800, 450],
  [480, 320],
  [360, 560],
] as const) {
  test(`everything of it is in sight at ${width} × ${height}`, async ({ app, page }) => {
    needsFrame();
    await openHost(page, `${app}?embed&theme=dark${linkOf(scenarioOf("paid-twice"))}`, width, height);
    const frame = frameOf(page);
    await expect(frame.getByRole("status").first()).toContainText("Connected");
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await frame.getByRole("combobox", { name: "Requester" }).selectOption("careful");
    const inSight = [
      frame.getByRole("button", { name: "Send", exact: true }),
      frame.getByRole("link", { name: "Open in Roundtrip" }),
      frame.getByRole("button", { name: "Pause" }),
      frame.getByRole("button", { name: "Live", exact: true }),
      frame.getByRole("button", { name: "books-once" }),
    ];
    for (const each of inSight) await expect(each).toBeInViewport({ ratio: 1 });
    const overflows = await frame
      .locator("html")
      .evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
    expect(overflows).toEqual([0, 0]);
  });
}

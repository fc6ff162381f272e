import type { Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import { withOtherServer } from "./fixtures/otherServer.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

test.use({ expectedNoise: [/WebSocket|Failed to load resource|ERR_/] });

async function connectTo(
  page: Page,
  url: string,
  way: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.getByRole("button", { name: /^Server: / }).click();
  const dialog = page.getByRole("dialog", { name: "Connect to a server" });
  await dialog.getByLabel("Server address").fill(url);
  // The server in the browser asks nobody.
  if (url !== "in-tab") await dialog.getByLabel("The server asks for").selectOption({ label: way });
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
}

async function expectReply(playground: Playground): Promise<void> {
  await expect(playground.status).toContainText("Connected");
  await playground.everyoneConnected();
  const { started, replied } = (await playground.exportResults()).counts;
  await playground.send();
  expect((await playground.settled(started + 1)).counts.replied).toBe(replied + 1);
}

test("?server= asks before it connects the page to another server, and once only", async ({
  playground,
  page,
  app,
  server,
}) => {
  await withOtherServer(app, 'server_name: "elsewhere"', async (other) => {
    expect(other.webSocketUrl).not.toBe(server.url);
    const address = `./?server=${encodeURIComponent(other.webSocketUrl)}`;
    await page.goto(address);
    const question = page.getByRole("alertdialog", { name: "Connect to another server?" });
    await expect(question).toContainText(other.webSocketUrl);
    // Until it is answered, and when the answer is no, that server hears nothing of the page.
    const hidden = page.getByRole("status", { includeHidden: true }).first();
    await expect(hidden).toContainText("Connected");
    await expect(hidden).not.toContainText("elsewhere");
    await question.getByRole("button", { name: "Stay on this server" }).click();
    await expectReply(playground);
    await expect(playground.status).not.toContainText("elsewhere");
    await playground.openOn(other.webSocketUrl);
    await expect(playground.status).toContainText("elsewhere");
    await expectReply(playground);
    // It was chosen: an address may lead there now.
    await playground.open(address);
    await expect(playground.status).toContainText("elsewhere");
    await expect(question).toBeHidden();
  });
});

test("a link puts nothing up on a server that did not come with the page before a person agrees", async ({
  playground,
  page,
  app,
}) => {
  const [plain] = ENTRIES.flatMap(({ scenario }) => scenario.setup.responders);
  if (!plain) throw new Error("the gallery is empty");
  const setup = {
    seed: 1,
    responders: [{ ...plain, name: "stranger", subject: "secret.>", queue: "workers" }],
    requesters: [],
  };
  const json = JSON.stringify(scenarioDocument({ setup }));
  const link = `#s=${deflateRawSync(json).toString("base64url")}`;
  const paste = (): Promise<unknown> => page.evaluate((hash) => (location.hash = hash), link);
  await withOtherServer(app, "", async (other) => {
    await playground.openOn(other.webSocketUrl);
    await paste();
    const question = page.getByRole("alertdialog", { name: "Open the link’s setup on this server?" });
    await expect(question).toContainText(other.webSocketUrl);
    await expect(question).toContainText("secret.> (queue workers)");
    await expect(playground.page.getByText("stranger", { exact: true })).toHaveCount(0);
    await question.getByRole("button", { name: "Do not open it" }).click();
    await expect(playground.responder("responder-1")).toContainText("connected");
    await paste();
    await question.getByRole("button", { name: "Open it here" }).click();
    await expect(playground.responder("stranger")).toContainText("connected");
    // In a page that is opened with it, too: what the last visit left is put up meanwhile.
    await page.goto("about:blank");
    await page.goto(`./?server=${encodeURIComponent(other.webSocketUrl)}${link}`);
    await question.getByRole("button", { name: "Do not open it" }).click();
    await expect(playground.responder("stranger")).toContainText("connected");
  });
});

test("a user and password: refused when wrong, used when right, and kept nowhere", async ({
  playground,
  page,
  app,
}) => {
  await withOtherServer(app, "authorization { user: ada, password: lovelace }", async (other) => {
    await playground.open();
    await connectTo(page, other.webSocketUrl, "Nothing", {});
    await expect(playground.status).toContainText("Disconnected");
    await expect(page.getByText(/asks who you are/).first()).toBeVisible();
    await connectTo(page, other.webSocketUrl, "User and password", { User: "ada", Password: "wrong" });
    await expect(page.getByText(/did not accept this user and password/).first()).toBeVisible();
    await connectTo(page, other.webSocketUrl, "User and password", { User: "ada", Password: "lovelace" });
    await expectReply(playground);
    await playground.requester("client-1").getByLabel("Subject").fill("user.find");
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("roundtrip.setup")))
      .toContain("user.find");
    const kept = await page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage, at: location.href }),
    );
    expect(kept).not.toContain("lovelace");
  });
});

test("a token", async ({ playground, page, app }) => {
  await withOtherServer(app, "authorization { token: s3cret }", async (other) => {
    await playground.open();
    await connectTo(page, other.webSocketUrl, "Token", { Token: "s3cret" });
    await expectReply(playground);
  });
});

test("a server that may publish only some subjects: a forbidden request is refused, not timed out", async ({
  playground,
  app,
}) => {
  const more = `
    authorization {
      users: [ { user: page, password: page, permissions: { publish: { deny: "secret.>" } } } ]
    }
    no_auth_user: page`;
  await withOtherServer(app, more, async (other) => {
    await playground.openOn(other.webSocketUrl);
    await playground.requester("client-1").getByLabel("Subject").fill("secret.get");
    await playground.send();
    expect((await playground.settled(1)).counts).toMatchObject({ refused: 1, timedOut: 0 });
  });
});

test("an address where nothing listens: said, with what to do, and the page finds back", async ({
  playground,
  page,
  server,
}) => {
  await playground.open();
  await connectTo(page, "ws://127.0.0.1:9", "Nothing", {});
  await expect(page.getByText(/Nothing answers at ws:\/\/127\.0\.0\.1:9/).first()).toBeVisible();
  await expect(playground.status).not.toContainText("Connected");
  await connectTo(page, server.url, "Nothing", {});
  await expectReply(playground);
});

test.describe("a server that answers, and not this page", () => {
  // As where the certificate is trusted.
  test.use({ ignoreHTTPSErrors: true });

  const certificate = (name: string): string =>
    JSON.stringify(fileURLToPath(new URL(`fixtures/tls/${name}.pem`, import.meta.url)));

  test("is told from none at all, each with the line of its configuration: an origin that is not allowed, and TLS", async ({
    playground,
    page,
    app,
  }) => {
    await playground.open();
    // To ask is allowed, and the page is isolated all the same: its clock is fine.
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const strict = (port: number): string =>
      `websocket { host: "127.0.0.1", port: ${port}, no_tls: true, allowed_origins: ["http://elsewhere.example"] }`;
    await withOtherServer(app, strict, async ({ webSocketUrl }) => {
      await connectTo(page, webSocketUrl, "Nothing", {});
      await expect(page.getByText(/refuses this page/).first()).toContainText(
        `allowed_origins: ["${new URL(app).origin}"]`,
      );
    });
    const secure = (port: number): string =>
      `websocket { host: "127.0.0.1", port: ${port}, tls { cert_file: ${certificate("cert")}, key_file: ${certificate("key")} } }`;
    await withOtherServer(app, secure, async ({ webSocketUrl }) => {
      await connectTo(page, webSocketUrl, "Nothing", {});
      await expect(page.getByText(/uses TLS\. Write wss:\/\/ instead of ws:\/\//).first()).toContainText(
        "no_tls: true",
      );
      await connectTo(page, webSocketUrl.replace("ws:", "wss:"), "Nothing", {});
      await expect(playground.status).toContainText("Connected");
    });
  });
});

test("an address that is none is said beside the field and changes nothing", async ({ playground, page }) => {
  await playground.open();
  await page.getByRole("button", { name: /^Server: / }).click();
  const dialog = page.getByRole("dialog", { name: "Connect to a server" });
  for (const [address, words] of [
    ["nats://127.0.0.1:4222", /cannot use nats/],
    ["ws://user:secret@127.0.0.1:9222", /Leave user and password out/],
    ["ftp://127.0.0.1", /must start with ws/],
  ] as const) {
    await dialog.getByLabel("Server address").fill(address);
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText(words);
  }
  await page.keyboard.press("Escape");
  await expect(playground.status).toContainText("Connected");
});

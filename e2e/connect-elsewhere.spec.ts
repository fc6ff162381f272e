import type { Page } from "@playwright/test";
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

test("?server= connects the page to another server", async ({ playground, app, server }) => {
  await withOtherServer(app, 'server_name: "elsewhere"', async (other) => {
    await playground.open(`./?server=${encodeURIComponent(other.webSocketUrl)}`);
    await expect(playground.status).toContainText("elsewhere");
    await expectReply(playground);
    expect(other.webSocketUrl).not.toBe(server.url);
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
    await playground.open(`./?server=${encodeURIComponent(other.webSocketUrl)}`);
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

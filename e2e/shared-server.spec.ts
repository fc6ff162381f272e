import type { Page } from "@playwright/test";
import { connect, StringCodec } from "nats";
import { withOtherServer } from "./fixtures/otherServer.ts";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

const text = StringCodec();

/** Connects the page to a server that it calls shared, and gives the prefix that it has there. */
async function shareServer(page: Page, url: string): Promise<string> {
  await page.getByRole("button", { name: /^Server: / }).click();
  const dialog = page.getByRole("dialog", { name: "Connect to a server" });
  await dialog.getByLabel("Server address").fill(url);
  await dialog.getByLabel("Public server: prefix my subjects").check();
  const prefix = await dialog.getByLabel("Prefix of your subjects").inputValue();
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(new Playground(page).status).toContainText("Connected");
  await new Playground(page).everyoneConnected();
  return prefix;
}

test("on a shared server two people do not hear each other, and are told that others can listen", async ({
  playground,
  page,
  app,
  browser,
  running,
}) => {
  await withOtherServer(app, 'server_name: "shared"', async (shared) => {
    await playground.open();
    const prefix = await shareServer(page, shared.webSocketUrl);
    expect(prefix).toMatch(/^rt-[a-z0-9]{10}$/);
    const warning = page.getByRole("region", { name: "Shared server" });
    await expect(warning).toContainText("Strangers can listen");
    await expect(warning).toContainText(`${prefix}.`);

    // Somebody else: another browser, so another prefix, with the very same setup. It was never here before.
    running.cutOff?.(false);
    const elsewhere = await browser.newContext({ baseURL: app });
    const other = new Playground(await elsewhere.newPage());
    await other.open();
    const otherPrefix = await shareServer(other.page, shared.webSocketUrl);
    expect(otherPrefix).not.toBe(prefix);
    await playground.send(20);
    const { responders, counts } = await playground.settled(20);
    expect(counts.replied).toBe(20);
    expect(responders[0]).toMatchObject({ received: 20 });
    expect((await other.exportResults()).responders[0]).toMatchObject({ received: 0 });
    await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
    await playground.send();
    expect((await playground.settled(21)).counts.noResponders).toBe(1);
    await elsewhere.close();
  });
});

test("programs see the prefix on the wire; the page shows it in Wire only", async ({
  playground,
  page,
  app,
}) => {
  await withOtherServer(app, 'server_name: "shared"', async (shared) => {
    await playground.open();
    const prefix = await shareServer(page, shared.webSocketUrl);
    const program = await connect({ servers: shared.clientUrl });
    const heard: string[] = [];
    program.subscribe("*.user.get", { callback: (_error, { subject }) => void heard.push(subject) });
    await program.flush();
    await playground.send();
    await playground.settled(1);
    await expect.poll(() => heard).toEqual([`${prefix}.user.get`]);
    const reply = await program.request(`${prefix}.user.get`, text.encode('{"user_id":7}'), {
      timeout: 5000,
    });
    expect(reply.json()).toMatchObject({ name: "User 7" });
    await program.close();

    await expect(playground.diagram).toContainText("user.get");
    await expect(playground.diagram).not.toContainText(prefix);
    await playground.results.getByRole("tab", { name: "Messages" }).click();
    await expect(playground.results.getByRole("row").getByText("user.get").first()).toHaveText("user.get");
    await playground.results.getByRole("tab", { name: "Wire" }).click();
    await expect(playground.results.getByText(`${prefix}.user.get`).first()).toBeVisible();
    await playground.results.getByRole("tab", { name: "Code" }).click();
    await expect(playground.results.getByRole("group", { name: /^The program, / })).toContainText(
      `${prefix}.user.get`,
    );
  });
});

test("the prefix is kept, can be changed, and is for shared servers only", async ({
  playground,
  page,
  app,
}) => {
  await withOtherServer(app, 'server_name: "shared"', async (shared) => {
    await playground.open();
    const prefix = await shareServer(page, shared.webSocketUrl);
    const warning = page.getByRole("region", { name: "Shared server" });
    await playground.open(`./?server=${encodeURIComponent(shared.webSocketUrl)}`);
    await expect(warning).toContainText(`${prefix}.`);

    await warning.getByRole("button", { name: "Change prefix" }).click();
    const dialog = page.getByRole("dialog", { name: "Connect to a server" });
    const field = dialog.getByLabel("Prefix of your subjects");
    await field.fill("two.words");
    await expect(dialog.getByRole("alert")).toContainText("A prefix is one word");
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(dialog).toBeVisible();
    await field.fill("our-class");
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(warning).toContainText("our-class.");
    await playground.everyoneConnected();
    await playground.send();
    expect((await playground.settled(1)).counts.replied).toBe(1);
    await playground.open();
    await expect(warning).toBeHidden();
  });
});

test("a server that everyone knows to be open is called shared by itself", async ({ playground, page }) => {
  await playground.open();
  await page.getByRole("button", { name: /^Server: / }).click();
  const dialog = page.getByRole("dialog", { name: "Connect to a server" });
  await dialog.getByLabel("Server address").fill("wss://demo.nats.io:8443");
  await expect(dialog).toContainText("This is a public server: anyone can listen.");
  await expect(dialog.getByLabel("Prefix of your subjects")).toHaveValue(/^rt-/);
});

import type { Locator } from "@playwright/test";
import { withOtherServer } from "./fixtures/otherServer.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

interface Line {
  readonly connection: string;
  readonly way: string;
  readonly bytes: number;
  readonly line: string;
}

const openWire = (playground: Playground): Promise<void> =>
  playground.results.getByRole("tab", { name: "Wire", exact: true }).click();

const grid = (playground: Playground): Locator =>
  playground.results.getByRole("grid", { name: "Lines on the wire" });

const rowsWith = (playground: Playground, text: string | RegExp): Locator =>
  grid(playground).getByRole("row").filter({ hasText: text });

const detail = (playground: Playground): Locator =>
  playground.results.getByRole("region", { name: "Selected line" });

async function show(playground: Playground, kind: string): Promise<void> {
  await playground.results.getByLabel("Kind").selectOption(kind);
}

/** The lines in view, the first that crossed first. */
async function linesOf(playground: Playground): Promise<Line[]> {
  const rows = await grid(playground).locator('[role="row"]:has([role="gridcell"])').all();
  const lines = await Promise.all(
    rows.map(async (row) => {
      const [, connection = "", way = "", bytes = "", line = ""] = await row
        .getByRole("gridcell")
        .allTextContents();
      return { connection, way, bytes: Number(bytes), line };
    }),
  );
  return lines.reverse();
}

/** One request of `client-1`, and its end. */
async function oneRequest(playground: Playground): Promise<void> {
  await playground.send();
  await playground.settled(1);
}

test("one request: the inbox, the request, its delivery, the reply, and its delivery", async ({
  playground,
}) => {
  await playground.open();
  await oneRequest(playground);
  await openWire(playground);
  await expect(rowsWith(playground, "_INBOX.")).toHaveCount(5);

  const lines = await linesOf(playground);
  const subscribed = lines.find(({ line }) => line.startsWith("SUB _INBOX."));
  const inbox = /^SUB (_INBOX\.\w+)\.\* (\d+)$/.exec(subscribed?.line ?? "");
  if (!inbox) throw new Error(`no inbox in ${JSON.stringify(lines)}`);
  const [request, delivery, reply, arrival] = lines.slice(-4);
  expect(subscribed).toMatchObject({ connection: "client-1", way: "→to the server" });
  const asked = /^PUB user\.get (\S+) (\d+)/.exec(request?.line ?? "");
  expect(asked?.[1]).toMatch(new RegExp(`^${inbox[1]}\\.\\w+$`));
  expect(request).toMatchObject({ connection: "client-1", way: "→to the server" });
  expect(delivery).toMatchObject({ connection: "responder-1", way: "←from the server" });
  expect(delivery?.line).toMatch(new RegExp(`^MSG user\\.get \\d+ ${asked?.[1]} ${asked?.[2]}`));
  expect(reply).toMatchObject({ connection: "responder-1", way: "→to the server" });
  const answer = /^PUB (\S+) (\d+)/.exec(reply?.line ?? "");
  expect(answer?.[1]).toBe(asked?.[1]);
  expect(arrival).toMatchObject({ connection: "client-1", way: "←from the server" });
  expect(arrival?.line).toMatch(new RegExp(`^MSG ${asked?.[1]} ${inbox[2]} ${answer?.[2]}`));
  // What is said of a frame's size is what its line and its payload come to.
  const line = `PUB user.get ${asked?.[1]} ${asked?.[2]}`;
  expect(request?.bytes).toBe(line.length + 2 + Number(asked?.[2]) + 2);
});

test("a line selects its exchange, an exchange selects its line, and both say the same", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send(3);
  await playground.settled(3);
  await openWire(playground);
  await rowsWith(playground, /PUB _INBOX\./)
    .first()
    .click();
  await expect(playground.inspector.getByRole("heading", { name: "Exchange" })).toBeVisible();
  await expect(detail(playground)).toContainText("published to the reply subject");
  const inbox = /_INBOX\.\S+/.exec((await detail(playground).textContent()) ?? "")?.[0] ?? "none";
  await expect(playground.inspector).toContainText(inbox.slice(0, 29));
  await expect(grid(playground).locator('[data-marked="true"]')).toHaveCount(4);

  await page.keyboard.press("Escape");
  await expect(detail(playground)).toHaveCount(0);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("grid", { name: "Exchanges" }).getByText("user.get").last().click();
  await openWire(playground);
  await expect(detail(playground)).toContainText("A request");
  await expect(grid(playground).getByRole("row", { selected: true })).toContainText("PUB user.get");
  await playground.results.getByRole("button", { name: "this exchange only" }).click();
  await expect(grid(playground).locator('[role="row"]:has([role="gridcell"])')).toHaveCount(4);
});

test("lines are found by connection, direction, kind and text, and walked with the keyboard", async ({
  playground,
  page,
}) => {
  await playground.open();
  await oneRequest(playground);
  await openWire(playground);
  const connection = playground.results.getByLabel("Connection");
  await connection.selectOption("responder-1");
  await expect
    .poll(async () => (await linesOf(playground)).map((each) => each.connection))
    .not.toContain("client-1");
  await expect(rowsWith(playground, "SUB user.get")).toHaveCount(1);
  await playground.results.getByLabel("Direction").selectOption({ label: "← from the server" });
  await expect(rowsWith(playground, "SUB user.get")).toHaveCount(0);
  await expect(rowsWith(playground, "MSG user.get")).toHaveCount(1);
  await show(playground, "INFO, CONNECT");
  await expect(rowsWith(playground, "MSG user.get")).toHaveCount(0);
  for (const { line } of await linesOf(playground)) expect(line).toMatch(/^INFO \{/);
  await show(playground, "all but PING, PONG");
  await connection.selectOption("all connections");
  await playground.results.getByLabel("Direction").selectOption("both ways");
  await playground.results.getByLabel("Filter by text").fill("no such text");
  await expect(playground.results.getByText("No line in the record matches.")).toBeVisible();
  await playground.results.getByLabel("Filter by text").fill("SUB USER.GET");
  await grid(playground).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(detail(playground)).toContainText(/member of queue group|without a queue group/);
});

test("a payload is shown as text, JSON and hex; markup in it is text", async ({ playground, page }) => {
  const hostile = `{"x":"<img src=x onerror='document.title=1'>"}`;
  await playground.open();
  await playground.requester("client-1").getByRole("textbox", { name: "Payload" }).fill(hostile);
  await oneRequest(playground);
  await openWire(playground);
  await rowsWith(playground, "PUB user.get").first().click();
  const told = detail(playground);
  await expect(told.getByLabel("The payload as JSON")).toContainText(`"x": "<img src=x`);
  await told.getByRole("button", { name: "text", exact: true }).click();
  await expect(told.getByLabel("The payload as text")).toHaveText(hostile);
  await told.getByRole("button", { name: "hex" }).click();
  await expect(told.getByLabel("The payload as hex")).toContainText(`7b 22 78 22 3a 22 3c 69  {"x":"<i`);
  await expect(playground.results.locator("img")).toHaveCount(0);
  await expect(page).not.toHaveTitle("1");
});

test("no responders: the server's own words, explained", async ({ playground }) => {
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("nobody.home");
  await oneRequest(playground);
  await openWire(playground);
  await rowsWith(playground, "HMSG _INBOX.").first().click();
  await expect(detail(playground)).toContainText("nobody is subscribed to the subject of the request");
  await expect(detail(playground).getByLabel("Headers")).toContainText("503");
});

test("following stops while somebody reads, and goes on when asked to", async ({ playground }) => {
  await playground.open();
  await playground.send(40);
  await playground.settled(40);
  await openWire(playground);
  const chosen = rowsWith(playground, "MSG _INBOX.").nth(2);
  await chosen.click();
  const before = await grid(playground).getByRole("row", { selected: true }).boundingBox();
  await playground.send(40);
  await playground.settled(80);
  await expect(playground.results.getByRole("button", { name: /newer/ })).toBeVisible();
  expect(await grid(playground).getByRole("row", { selected: true }).boundingBox()).toEqual(before);
  await playground.results.getByRole("button", { name: /newer/ }).click();
  await expect(playground.results.getByRole("button", { name: /newer/ })).toHaveCount(0);
});

test("an emptied record says what to do, and fills again", async ({ playground }) => {
  await playground.open();
  await oneRequest(playground);
  await openWire(playground);
  await rowsWith(playground, "PUB user.get").first().click();
  await playground.results.getByRole("button", { name: "Reset" }).click();
  await expect(playground.results.getByText("Send a request to see its protocol lines")).toBeVisible();
  await playground.send();
  await expect(rowsWith(playground, "PUB user.get")).toHaveCount(1);
  await expect(rowsWith(playground, "SUB")).toHaveCount(0);
});

test.describe("a server that asks who you are", () => {
  test.use({ expectedNoise: [/WebSocket|Failed to load resource|ERR_/] });

  test("the password in CONNECT is masked", async ({ playground, page, app }) => {
    await withOtherServer(app, "authorization { user: ada, password: lovelace }", async (other) => {
      await playground.open();
      await page.getByRole("button", { name: /^Server: / }).click();
      const dialog = page.getByRole("dialog", { name: "Connect to a server" });
      await dialog.getByLabel("Server address").fill(other.webSocketUrl);
      await dialog.getByLabel("The server asks for").selectOption({ label: "User and password" });
      await dialog.getByLabel("User").fill("ada");
      await dialog.getByLabel("Password").fill("lovelace");
      await dialog.getByRole("button", { name: "Connect", exact: true }).click();
      await expect(playground.status).toContainText("Connected");
      await playground.everyoneConnected();
      await openWire(playground);
      await playground.results.getByLabel("Filter by text").fill('"user":"ada"');
      await rowsWith(playground, /CONNECT \{/)
        .first()
        .click();
      await expect(detail(playground).getByLabel("The JSON as JSON")).toContainText('"pass": "…"');
      expect(await page.content()).not.toContain("lovelace");
      await playground.results.getByLabel("Filter by text").fill("lovelace");
      await expect(playground.results.getByText("No line in the record matches.")).toBeVisible();
    });
  });
});

import { deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures/test.ts";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";

test("a setup goes on as a link, and comes up elsewhere as it was; what it replaced comes back", async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole("button", { name: "Add responder" }).click();
  await expect(playground.responder("responder-2")).toContainText("connected");
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this setup" });
  await expect(dialog).toContainText("1 requester, 2 responders");
  await expect(dialog.getByLabel("Link")).toHaveValue(/#s=[A-Za-z0-9_-]+$/);
  await expect(dialog.getByRole("img", { name: "QR code" })).toBeVisible();
  const link = await dialog.getByLabel("Link").inputValue();
  // Without a secure connection there is no clipboard to write to, and it is copied all the same.
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(dialog.getByText("Copied")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  const payload = playground.requester("client-1").getByLabel("Payload", { exact: true });
  const before = await payload.inputValue();
  await payload.fill("");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(payload).toHaveValue(link);
  await payload.fill(before);

  await playground.responder("responder-2").getByRole("button", { name: "Remove" }).click();
  await expect(playground.responder("responder-2")).toBeHidden();
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(playground.responder("responder-2")).toContainText("connected");
  expect(new URL(page.url()).hash).toBe("");
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await expect(playground.responder("responder-2")).toBeHidden();

  // In a page that is opened with it, and after a reload, which finds the address without it.
  await page.goto("about:blank");
  await page.goto(link);
  await expect(playground.responder("responder-2")).toContainText("connected");
  await page.reload();
  await expect(playground.responder("responder-2")).toContainText("connected");
});

test("a setup that made the last visit fail is not opened unasked, and not lost", async ({
  playground,
  page,
}) => {
  const [plain] = ENTRIES.flatMap(({ scenario }) => scenario.setup.responders);
  if (!plain) throw new Error("the gallery is empty");
  const setup = { seed: 1, responders: [{ ...plain, name: "heavy" }], requesters: [] };
  // As a page leaves it that is ended while it opens this: by the browser, out of memory, or by a person who waits no longer.
  await page.addInitScript((kept) => {
    if (self !== top || localStorage.getItem("roundtrip.setup") !== null) return;
    localStorage.setItem("roundtrip.setup", JSON.stringify(kept));
    localStorage.setItem("roundtrip.opening.1-2", String(Date.now()));
  }, scenarioDocument({ setup }));
  await playground.open();
  await expect(playground.responder("responder-1")).toContainText("connected");
  await expect(playground.responder("heavy")).toBeHidden();
  const notice = page
    .getByRole("group", { name: "Notice" })
    .filter({ hasText: "The last visit ended while the page was opening its setup" });
  await notice.getByRole("button", { name: "Open it" }).click();
  await expect(playground.responder("heavy")).toContainText("connected");
  await page.reload();
  await expect(playground.responder("heavy")).toContainText("connected");
  await expect(notice).toBeHidden();
});

test("a damaged link says so and changes nothing", async ({ playground, page }) => {
  await playground.open();
  await page.evaluate(() => (location.hash = "#s=AAAA"));
  await expect(page.getByText(/The link could not be opened.*Nothing was changed/)).toBeVisible();
  await expect(playground.responder("responder-1")).toContainText("connected");
});

test("a stranger’s server is asked about first", async ({ playground, page }) => {
  await playground.open();
  const setup = { seed: 1, responders: [], requesters: [] };
  const json = JSON.stringify(scenarioDocument({ server: "wss://stranger.example", setup }));
  const text = deflateRawSync(json).toString("base64url");
  await page.evaluate((hash) => (location.hash = hash), `#s=${text}`);
  const question = page.getByRole("alertdialog", { name: "Connect to another server?" });
  await expect(question).toContainText("wss://stranger.example");
  // Said once the question is answered: nothing lies over it.
  const opened = page.getByText("Opened the shared setup.");
  await expect(opened).toBeHidden();
  await question.getByRole("button", { name: "Stay on this server" }).click();
  await expect(page.getByRole("status").first()).toContainText("Connected");
  await expect(opened).toBeVisible();
});

test("what is said while a dialog is open stands in the dialog and can be undone there", async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole("button", { name: "Setups" }).click();
  const dialog = page.getByRole("dialog", { name: "Setups" });
  await dialog.getByLabel("Keep this setup as").fill("Mine");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete Mine" }).click();
  await expect(dialog.getByText("Mine", { exact: true })).toBeHidden();
  await dialog.getByRole("button", { name: "Undo" }).last().click();
  await expect(dialog.getByText("Mine", { exact: true })).toBeVisible();
});

test("a setup is kept under a name, opened, and read from a file", async ({ playground, page }) => {
  await playground.open();
  await page.getByRole("button", { name: "Setups" }).click();
  const dialog = page.getByRole("dialog", { name: "Setups" });
  await dialog.getByLabel("Keep this setup as").fill("Mine");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Open Mine" })).toBeVisible();
  const document = scenarioDocument({ setup: { seed: 7, responders: [], requesters: [] } });
  await dialog.getByLabel("File of a setup").setInputFiles({
    name: "empty.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(document)),
  });
  await expect(playground.responder("responder-1")).toBeHidden();
  await page.getByRole("button", { name: "Setups" }).click();
  await dialog.getByRole("button", { name: "Open Mine" }).click();
  await expect(playground.responder("responder-1")).toContainText("connected");
});

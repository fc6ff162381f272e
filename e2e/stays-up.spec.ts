import { expect, test } from "./fixtures/test.ts";
import { serverKind } from "./fixtures/serverKind.ts";

/** What a browser or a host takes away leaves the rest of the page at work, and is said. */

test.use({
  expectedNoise: [/Failed to load resource|dynamically imported module|ERR_FAILED|Unable to preload/],
});

test("where site data is blocked everything works until the page is closed, and that is said once", async ({
  playground,
  page,
}) => {
  await page.addInitScript(() => {
    if (self !== top) return;
    const refuse = (): never => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, { get: refuse });
    Object.defineProperty(window, "SharedWorker", {
      value: function SharedWorker() {
        refuse();
      },
    });
    navigator.locks.query = () => Promise.reject(new DOMException("denied", "SecurityError"));
    navigator.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    caches.has = () => Promise.reject(new DOMException("denied", "SecurityError"));
  });
  await playground.open();
  await playground.send();
  await playground.settled(1);
  const notice = page.getByText(/^This browser keeps nothing for this page, as its site data is blocked/);
  await expect(notice).toHaveCount(1);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as file" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.json$/);
  // What is changed is there as long as the page is; it is not said again.
  await playground.requester("client-1").getByLabel("Subject").fill("user.mine");
  await page.getByRole("button", { name: "Setups" }).click();
  const dialog = page.getByRole("dialog", { name: "Setups" });
  await dialog.getByLabel("Keep this setup as").fill("Mine");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Open Mine" })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(notice).toHaveCount(0);
});

test("when storage is full it says so, with the way out", async ({ playground, page }) => {
  await page.addInitScript(() => {
    if (self !== top) return;
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (value.length > 2000) throw new DOMException("exceeded the quota", "QuotaExceededError");
      setItem.call(this, key, value);
    };
  });
  await playground.open();
  const notice = page.getByText(/^This browser’s storage is full: what you change now is gone/);
  await expect(notice).toHaveCount(0);
  await playground
    .requester("client-1")
    .getByLabel("Payload", { exact: true })
    .fill(`"${"x".repeat(3000)}"`);
  await expect(notice).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as file" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.json$/);
});

test("a part that cannot be fetched leaves the diagram and the record, and is tried again", async ({
  playground,
  page,
}) => {
  test.skip(serverKind() === "offline", "What is kept offline is not fetched.");
  let lost = true;
  await page.route(/\/assets\/(CodeTab|TimelineTab)-[^/]*\.js$/, (route) =>
    lost ? route.abort() : route.continue(),
  );
  await playground.open();
  await playground.send();
  await playground.settled(1);
  for (const name of ["Code", "Timeline"]) {
    await playground.results.getByRole("tab", { name, exact: true }).click();
    const panel = playground.results.getByRole("tabpanel", { name });
    await expect(panel.getByRole("alert")).toContainText("could not be fetched");
    await expect(playground.diagram.getByRole("button", { name: /^nats-server/ })).toBeVisible();
    // Nothing that was recorded is gone, and more is recorded.
    lost = false;
    await panel.getByRole("button", { name: "Try again" }).click();
    await expect(panel.getByRole("alert")).toHaveCount(0);
    await expect(panel).not.toContainText("Drawing …");
    lost = true;
  }
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(2);
});

test("notices cover nothing: with several of them all that is drawn can be pressed", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.addResponders(3);
  for (const name of ["responder-2", "responder-3", "responder-4"])
    await playground.responder(name).getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("button", { name: "Dismiss" })).toHaveCount(2);
  await expect(page.getByText("1 earlier notice")).toBeVisible();
  // Each where it is, without scrolling or waiting for the notices to go.
  const notices = await page.getByRole("group", { name: "Notice", exact: true }).all();
  for (const notice of notices) {
    const box = await notice.boundingBox();
    const playback = page.getByRole("region", { name: "Playback" });
    for (const region of [playground.diagram, playback, playground.results]) {
      const under = await region.boundingBox();
      if (!box || !under) throw new Error("Something is not shown.");
      expect(box.y + box.height <= under.y + 1 || box.y >= under.y + under.height - 1).toBe(true);
    }
  }
  await playground.diagram.getByRole("button", { name: "responder-1" }).click({ timeout: 3000 });
});

test("a browser that translates the page leaves what is live, and no stale words", async ({
  playground,
  page,
}) => {
  await playground.open();
  // What a translator does: each text that it may change is put into an element of its own.
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    for (const text of texts) {
      if (text.data.trim() === "" || text.parentElement?.closest('[translate="no"], script, style')) continue;
      const place = document.createElement("font");
      place.textContent = `«${text.data}»`;
      text.replaceWith(place);
    }
  });
  await expect(page.getByText("«Requesters»")).toBeVisible();
  for (const live of [playground.status, playground.diagram, playground.results, playground.transcript])
    await expect(live).not.toContainText("«");
  await playground.send(3);
  await playground.settled(3);
  await expect(playground.results).toContainText("3 replied");
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await expect(playground.responder("responder-1")).toContainText("frozen");
  await expect(playground.diagram).toContainText("frozen");
  await playground.responder("responder-1").getByRole("button", { name: "Thaw" }).click();
  await expect(playground.responder("responder-1")).toContainText("connected");
  await playground.requester("client-1").getByLabel("Subject").fill("user.other");
  await expect(playground.diagram).toContainText("user.other");
  await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
  await expect(playground.diagram).not.toContainText("responder-1");
});

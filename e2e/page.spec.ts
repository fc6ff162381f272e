import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures/test.ts";

test.use({ expectedNoise: [/WebSocket|502/] });

test("the setup and the settings survive a reload", async ({ playground, page }) => {
  await playground.open();
  await playground.addResponders(2);
  await playground.requester("client-1").getByLabel("Subject").fill("order.create");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.reload();
  await expect(playground.responders.getByRole("group")).toHaveCount(3);
  await expect(playground.requester("client-1").getByLabel("Subject")).toHaveValue("order.create");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a kept setup that cannot be read is said, and the page starts afresh", async ({ playground, page }) => {
  await page.addInitScript(() => localStorage.setItem("roundtrip.setup", '{"roundtrip":99,"setup":{}}'));
  await playground.open();
  await expect(page.getByText(/setup kept from the last visit could not be read/)).toBeVisible();
  await expect(playground.responder("responder-1")).toBeVisible();
});

test("the licences of all that the page contains come with it, one press from the shortcuts", async ({
  playground,
  app,
  page,
  request,
}) => {
  await playground.open();
  await page.keyboard.press("?");
  const link = page.getByRole("dialog").getByRole("link", { name: "Licences" });
  const address = new URL((await link.getAttribute("href")) ?? "", app).href;
  const text = await (await request.get(address)).text();
  const { dependencies }: { readonly dependencies: object } = JSON.parse(
    readFileSync("package.json", "utf8"),
  );
  // radix-ui has no code but that of its parts.
  const names = Object.keys(dependencies).filter((name) => name !== "radix-ui");
  for (const name of [...names, "@radix-ui/react-dialog", "workbox-core"])
    expect(text).toMatch(new RegExp(`^${name} \\d`, "m"));
  expect(text).toContain("SIL OPEN FONT LICENSE");
});

test("on a phone, which shows no keys, the licences are in the menu of themes", async ({
  playground,
  app,
  page,
  request,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  await page.getByRole("button", { name: "Theme" }).click();
  const link = page.getByRole("menuitem", { name: "Licences" });
  await expect(link).toBeInViewport();
  const address = new URL((await link.getAttribute("href")) ?? "", app).href;
  expect(await (await request.get(address)).text()).toContain("under these licences");
});

for (const [width, height] of [
  [390, 844],
  [768, 1024],
  [1280, 720],
] as const) {
  test(`${width} wide, notices cover nothing: what was there gives them room`, async ({
    playground,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => localStorage.setItem("roundtrip.setup", "{"));
    await playground.open();
    await page.evaluate(() => (location.hash = "#s=AAAA"));
    const notices = page.getByRole("group", { name: "Notice" });
    await expect(notices).toHaveCount(2);
    for (const notice of await notices.all()) await expect(notice).toBeInViewport({ ratio: 1 });
    const covered = await notices.evaluateAll((all) => {
      const own = all.map((notice) => notice.getBoundingClientRect());
      return [
        ...document.querySelectorAll("button, input, textarea, select, [role=tab], [role=slider], canvas, a"),
      ]
        .filter((each) => !all.some((notice) => notice.contains(each)) && each.checkVisibility())
        .flatMap((each) => {
          // What lies in a part that scrolls is seen as far as that reaches.
          let { left, right, top, bottom } = each.getBoundingClientRect();
          for (let box = each.parentElement; box !== null; box = box.parentElement) {
            if (getComputedStyle(box).overflow === "visible") continue;
            const shown = box.getBoundingClientRect();
            left = Math.max(left, shown.left);
            right = Math.min(right, shown.right);
            top = Math.max(top, shown.top);
            bottom = Math.min(bottom, shown.bottom);
          }
          const isCovered = own.some(
            (notice) =>
              Math.min(right, notice.right) - Math.max(left, notice.left) > 1 &&
              Math.min(bottom, notice.bottom) - Math.max(top, notice.top) > 1,
          );
          return isCovered ? [each.getAttribute("aria-label") ?? each.textContent ?? each.tagName] : [];
        });
    });
    expect(covered).toEqual([]);
  });
}

test("scrollbars have the colours of the theme", async ({ playground, page }) => {
  await playground.open();
  const colours = new Set<string>();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    colours.add(await playground.inspector.evaluate((part) => getComputedStyle(part).scrollbarColor));
  }
  expect(colours.size).toBe(2);
  expect(colours).not.toContain("auto");
});

test("names and payloads are text, never markup", async ({ playground, page }) => {
  await playground.open();
  const hostile = '<img src=x onerror="document.title=1">';
  const requester = playground.requester("client-1");
  await requester.getByRole("button", { name: "text" }).click();
  await requester.getByLabel("Payload", { exact: true }).fill(hostile);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("Echo");
  await playground.send();
  await playground.settled(1);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByText("user.get").first().click();
  await expect(playground.inspector).toContainText(hostile);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await expect(page).toHaveTitle(/Roundtrip/);
});

test("? shows the shortcuts; P presents", async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await expect(page.locator("html")).toHaveAttribute("data-presentation", "on");
  await expect(playground.inspector).toBeHidden();
  await page.keyboard.press("p");
  await expect(page.locator("html")).toHaveAttribute("data-presentation", "off");
  await expect(playground.inspector).toBeVisible();
});

test("start afresh can be undone", async ({ playground, page }) => {
  await playground.open();
  await playground.addResponders(3);
  await page.getByRole("button", { name: "Reset everything" }).click();
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await expect(playground.responders.getByRole("group")).toHaveCount(4);
  await playground.everyoneConnected();
});

test("?server= with an address that is none is said and changes nothing", async ({ playground, page }) => {
  await playground.open("./?server=http%3A%2F%2Fexample.org");
  await expect(page.getByText(/must start with ws:\/\/ or wss:\/\//)).toBeVisible();
});

test("the page itself never scrolls, whichever tab is open, paused or without its server", async ({
  playground,
  page,
  server,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await playground.open();
  await playground.send();
  await playground.settled(1);
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  const tabs = playground.results.getByRole("tab");
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect.poll(overflow, `with ${await tab.textContent()}`).toBeLessThanOrEqual(0);
  }
  await playground.results.getByRole("tab", { name: "Handler" }).click();
  await expect(playground.results.getByRole("textbox", { name: "Handler source" })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(overflow, "paused").toBeLessThanOrEqual(0);
  await server.kill();
  await expect(page.getByRole("region", { name: "Connection trouble" })).toBeVisible();
  await expect.poll(overflow, "without its server").toBeLessThanOrEqual(0);
});

test("after a call without a reply, Latency and Messages do not ask for a first request", async ({
  playground,
}) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.send();
  await playground.settled(1);
  await expect(playground.results).toContainText("No call has got a reply yet.");
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("row").getByText("no responders").first().click();
  // Where all rows have room, what is new is shown although one is selected.
  await playground.send();
  await expect(playground.results.getByRole("row").getByText("no responders")).toHaveCount(2);
  await playground.page.getByRole("button", { name: "Start of the record" }).click();
  await expect(playground.results).toContainText("Nothing had been sent at this moment.");
});

test("on a phone nothing is wider than the screen, and every tab can be reached on a laptop", async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const tab of await playground.results.getByRole("tab").all())
    await expect(tab).toBeInViewport({ ratio: 1 });
});

test("without its server a phone says so at the top, and what can be done", async ({
  playground,
  page,
  server,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  await server.kill();
  const trouble = page.getByRole("region", { name: "Connection trouble" });
  await expect(trouble.getByRole("button", { name: "Try again now" })).toBeInViewport({ ratio: 1 });
  const [told, form] = [await trouble.boundingBox(), await playground.requesters.boundingBox()];
  expect((told?.y ?? 0) + (told?.height ?? Infinity)).toBeLessThanOrEqual(form?.y ?? 0);
});

test("the diagram names the server in full also while it is looked for", async ({ playground, server }) => {
  await playground.open();
  await server.kill();
  const name = playground.diagram.getByRole("button", {
    name: "nats-server in the diagram, reconnecting",
  });
  await expect(name).toBeVisible();
  await expect(playground.diagram).toContainText("no connection to it");
  expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

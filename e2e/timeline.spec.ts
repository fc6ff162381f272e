import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

const openTimeline = (playground: Playground): Promise<void> =>
  playground.results.getByRole("tab", { name: "Timeline" }).click();
const rows = ({ results }: Playground) => results.getByRole("listbox", { name: "Exchanges over time" });
const sequence = ({ results }: Playground) => results.getByRole("region", { name: "Sequence" });
const arrows = (playground: Playground) => sequence(playground).getByRole("button", { name: / from .+ to / });

test.use({ viewport: { width: 1720, height: 980 } });

test("rows are chosen by key, and failures are jumped to", async ({ playground }) => {
  await playground.open();
  await openTimeline(playground);
  await expect(playground.results.getByText("Send a request to see it over time")).toBeVisible();
  await playground.send(5);
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.send();
  await playground.settled(6);
  await rows(playground).focus();
  await playground.page.keyboard.press("ArrowDown");
  const chosen = rows(playground).getByRole("option", { selected: true });
  await expect(chosen).toContainText("user.get, client-1 to responder-1: replied after");
  await expect(playground.inspector).toContainText("Where the time went");
  const next = playground.results.getByRole("button", { name: "Next failure" });
  await next.click();
  await expect(chosen).toContainText("no responders");
  await expect(next).toBeDisabled();
  await rows(playground).focus();
  await playground.page.keyboard.press("Home");
  await playground.page.keyboard.press("n");
  await expect(chosen).toContainText("no responders");
});

test("the sequence of an exchange names who takes part, and its arrows lead to the wire", async ({
  playground,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await openTimeline(playground);
  await rows(playground).focus();
  await playground.page.keyboard.press("ArrowDown");
  await expect(arrows(playground)).toHaveCount(4);
  await expect(
    sequence(playground).getByRole("group", {
      name: "between client-1, inbox of client-1, nats-server, responder-1",
    }),
  ).toBeVisible();
  const parts = sequence(playground).getByRole("list", { name: "Parts" });
  await expect(parts).toContainText(/in the handler.*ms/);
  await expect(parts).toContainText(/back to the inbox.*ms/);
  const reply = arrows(playground).and(playground.page.getByLabel(/^reply from nats-server to inbox/));
  await reply.focus();
  await playground.page.keyboard.press("Enter");
  await expect(sequence(playground)).toContainText("The server delivers a reply on the inbox");
  await sequence(playground).getByRole("button", { name: "Show in Wire" }).click();
  const line = playground.results.getByRole("grid", { name: "Lines on the wire" });
  await expect(line.getByRole("row", { selected: true })).toContainText("MSG _INBOX.");
});

test("opened, it has the height that the diagram can spare; one zooms to what is selected, by key, button and span", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await openTimeline(playground);
  const tall = await playground.results.boundingBox();
  await playground.results.getByRole("tab", { name: "Latency" }).click();
  const usual = await playground.results.boundingBox();
  expect(tall?.height).toBeGreaterThan((usual?.height ?? 0) + 100);
  await openTimeline(playground);
  await expect(playground.diagram.getByRole("button", { name: /^client-1/ })).toBeInViewport();

  const inSight = (count: number) => expect(playground.results).toContainText(`${count} in sight`);
  const requester = playground.requester("client-1");
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  for (let sent = 2; sent <= 4; sent++) {
    await playground.send();
    await playground.settled(sent);
  }
  await expect(requester).toContainText("503");
  await page.keyboard.press("Escape");
  await inSight(4);
  await rows(playground).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("z");
  await page.keyboard.press("Escape");
  await inSight(1);
  await playground.results.getByRole("button", { name: "Show all" }).click();
  await inSight(4);
  await expect(playground.results.getByRole("button", { name: "Zoom to selection" })).toBeDisabled();

  // A span of nothing at the far right.
  const box = await rows(playground).boundingBox();
  if (!box) throw new Error("there are no rows");
  await page.keyboard.down("Shift");
  await page.mouse.move(box.x + box.width - 8, box.y + box.height - 8);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 8);
  await page.mouse.move(box.x + box.width - 1, box.y + box.height - 8);
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await page.mouse.move(0, 0);
  await inSight(0);
});

test("attempts of one call stand together, and a press on a failure in the map goes there", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  const requester = playground.requester("client-1");
  await requester.getByLabel("Policy", { exact: true }).selectOption({ label: "retry" });
  await requester.getByLabel("First wait", { exact: true }).fill("300");
  await requester.getByLabel("Attempts", { exact: true }).fill("2");
  // Two calls whose attempts come in turn.
  await playground.send(2);
  await playground.settled(3);
  await openTimeline(playground);
  await rows(playground).focus();
  await page.keyboard.press("Home");
  const chosen = rows(playground).getByRole("option", { selected: true });
  await page.keyboard.press("ArrowDown");
  const attempts: string[] = [];
  for (let row = 0; row < 4; row++) {
    await expect(chosen).toHaveAttribute("aria-posinset", String(row + 2));
    await expect(playground.inspector.getByRole("table", { name: "Attempts" })).toBeVisible();
    const attempt = playground.inspector.locator('tr[aria-current="true"]').getByRole("button");
    attempts.push(await attempt.innerText());
    await page.keyboard.press("ArrowDown");
  }
  // First and second attempt of one, then of the other.
  expect(attempts).toEqual(["1", "2", "1", "2"]);

  await page.keyboard.press("Escape");
  await expect(rows(playground).getByRole("option", { selected: true })).toHaveCount(0);
  const map = playground.results.getByRole("group", { name: "Overview" }).locator("canvas").first();
  const box = await map.boundingBox();
  if (!box) throw new Error("there is no map");
  await map.click({ position: { x: box.width - 2, y: box.height / 2 } });
  await expect(chosen).toContainText("no responders");
});

test("copies a sequence as Mermaid", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await openTimeline(playground);
  await rows(playground).focus();
  await playground.page.keyboard.press("ArrowDown");
  await sequence(playground).getByRole("button", { name: "Copy as Mermaid" }).click();
  await expect(sequence(playground).getByText("Copied")).toBeVisible();
  const text = await playground.page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^sequenceDiagram\n/);
  expect(text).toContain("participant p0 as client-1");
  expect(text).toMatch(/p2->>p3: request user\.get/);
  expect(text).toContain("Note over p0: replied at ");
});

test("a frozen responder's late reply is work for nobody, and shows as a band", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(150);
  const responder = playground.responder("responder-1");
  await responder.getByRole("button", { name: "Freeze" }).click();
  await playground.send();
  await playground.settled(1);
  await responder.getByRole("button", { name: "Thaw" }).click();
  await expect(playground.results.getByText("1 late")).toBeVisible();
  await playground.results.getByRole("tab", { name: "Load distribution" }).click();
  await expect(playground.results.getByText("Wasted work: 1 handler ran")).toBeVisible();
  await expect(playground.results.getByText("1 wasted")).toBeVisible();
  await openTimeline(playground);
  await playground.results.getByRole("button", { name: "Next failure" }).click();
  await expect(sequence(playground)).toContainText("timed out");
  await expect(sequence(playground)).toContainText("late: nobody takes it");
  await expect(sequence(playground).getByRole("button", { name: /^late from / })).toHaveCount(2);
});

test("an inbox for each request takes a SUB and an UNSUB for each", async ({ playground }) => {
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByText("Name, inbox, headers, trace").click();
  await requester.getByLabel("Inbox").selectOption({ label: "one for each request" });
  await playground.send(2);
  await playground.settled(2);
  await playground.results.getByRole("tab", { name: "Wire" }).click();
  await playground.results.getByLabel("Connection").selectOption("client-1");
  const lines = playground.results.getByRole("grid", { name: "Lines on the wire" });
  await expect(lines.getByRole("row").filter({ hasText: /^(?!.*UNSUB).*SUB _INBOX\./ })).toHaveCount(2);
  await expect(lines.getByRole("row").filter({ hasText: /UNSUB \d+ 1/ })).toHaveCount(2);
  await lines.getByRole("row").filter({ hasText: "SUB _INBOX." }).first().click();
  await expect(playground.results.getByRole("region", { name: "Selected line" })).toContainText(
    "an inbox for one request alone",
  );
  await expect(playground.results.getByText("2 replied")).toBeVisible();
});

/** Chooses an item of a picture's menu and gives what is downloaded. */
async function save(playground: Playground, what: string, item: string): Promise<Download> {
  await playground.page.getByRole("button", { name: `Save picture of the ${what}` }).click();
  const downloading = playground.page.waitForEvent("download");
  await playground.page.getByRole("menuitem", { name: item }).click();
  return downloading;
}

/** What a saved SVG says when it stands alone: its texts, and whether it has something drawn on a surface. */
async function readAlone(page: Page, download: Download) {
  const text = await readFile(await download.path(), "utf8");
  const alone = await page.context().newPage();
  await alone.setContent(`<!doctype html><body style="margin:0">${""}</body>`);
  const read = await alone.evaluate(async (svg) => {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    const image = new Image();
    const loaded = new Promise((resolve, reject) => {
      image.addEventListener("load", resolve);
      image.addEventListener("error", reject);
    });
    image.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(svg)))}`;
    await loaded;
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    // Not at the very edge, which may lie between two pixels.
    const inside = (pixel: number): string => [0, 1, 2].map((part) => data[pixel * 4 + part]).join(",");
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    // What a pointer is told is no part of what is drawn.
    for (const title of parsed.querySelectorAll("title")) title.remove();
    return {
      broken: parsed.querySelector("parsererror") !== null,
      words: [...parsed.querySelectorAll("text")].map((each) => each.textContent),
      outside: [...parsed.querySelectorAll("[href]")].filter(
        (each) => !each.getAttribute("href")?.startsWith("data:"),
      ).length,
      colours: [...colours],
      corner: inside(canvas.width * 2 + 2),
    };
  }, text);
  await alone.close();
  return { ...read, text };
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`pictures, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("the diagram, the charts and the timeline are saved as they look", async ({ playground, page }) => {
      const surface = colorScheme === "light" ? "248,248,246" : "20,21,24";
      const request = colorScheme === "light" ? "0,98,163" : "98,182,242";
      await playground.open();
      // Taken while the dots lie at the responder, for as long as that takes.
      await playground.setTimeoutMs(60_000);
      const responder = playground.responder("responder-1");
      await responder.getByRole("button", { name: "Freeze" }).click();
      await playground.send(20);
      await expect(playground.diagram).toContainText("holds 20");
      const diagram = await readAlone(page, await save(playground, "diagram", "Save as SVG"));
      expect(diagram.broken).toBe(false);
      expect(diagram.outside).toBe(0);
      expect(diagram.words).toEqual(expect.arrayContaining(["client-1", "nats-server", "responder-1"]));
      // What is cut off says so.
      expect(diagram.words).toContainEqual(expect.stringMatching(/^_INBOX\..*…$/));
      expect(diagram.corner).toBe(surface);
      expect(diagram.colours).toContain(request);
      expect(diagram.text).toContain("@font-face");
      await responder.getByRole("button", { name: "Thaw" }).click();
      await playground.settled(20);

      // The charts follow less often than the counters.
      await expect(playground.results.getByRole("img", { name: /^Histogram of 20 replies / })).toBeVisible();
      await expect(playground.results.getByText("count20")).toBeVisible();
      const latency = await readAlone(page, await save(playground, "latency", "Save as SVG"));
      expect(latency.words).toEqual(expect.arrayContaining(["p50", "max", "20"]));
      // The space before it, too.
      expect(latency.words).toContainEqual(expect.stringMatching(/^ p99 /));
      expect(latency.corner).toBe(surface);

      await playground.results.getByRole("tab", { name: "Load distribution" }).click();
      await expect(playground.results.getByText("Drawing …")).toHaveCount(0);
      const load = await readAlone(page, await save(playground, "load distribution", "Save as SVG"));
      expect(load.words.join(" ")).toContain("20 replies");

      await openTimeline(playground);
      await rows(playground).focus();
      await page.keyboard.press("ArrowDown");
      const drawn = await readAlone(page, await save(playground, "sequence", "Save as SVG"));
      expect(drawn.words).toEqual(expect.arrayContaining(["client-1", "nats-server", "responder-1"]));
      expect(drawn.colours).toContain(request);
      expect(drawn.corner).toBe(surface);

      const png = await save(playground, "timeline", "Save as PNG");
      expect(png.suggestedFilename()).toMatch(/^roundtrip-timeline-.*\.png$/);
      const bytes = await readFile(await png.path());
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      // The width that its header gives: twice that of what was taken.
      const box = await playground.results.getByRole("group", { name: "Overview" }).boundingBox();
      expect(bytes.readUInt32BE(16)).toBeCloseTo((box?.width ?? 0) * 2, -1);
    });
  });
}

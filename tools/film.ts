import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { Playground } from "../e2e/pages/Playground.ts";
import { ROOT } from "./paths.ts";
import { withProduct } from "./product.ts";

/**
 * `npm run film`: what the diagram shows of ten cases, frame by frame, to be looked at: one sheet of pictures for each, with what is on
 * the wire in words beside them. `npm run film -- retry gateway` films only these.
 */
const FOLDER = join(ROOT, "test-results", "film");
const EVERY_MS = 100;
const COLUMNS = 3;

interface Case {
  /** The gallery's title, or none for the first screen. */
  readonly scenario?: string;
  readonly from?: string;
  readonly seconds: number;
  readonly before?: (page: Page) => Promise<void>;
  readonly times?: number;
}

const fill = (page: Page, label: string, value: string) =>
  page.getByRole("region", { name: "Requesters" }).getByLabel(label, { exact: true }).first().fill(value);

const CASES: Readonly<Record<string, Case>> = {
  burst: {
    seconds: 4,
    times: 10,
    before: async (page) => {
      await page.getByLabel("Responders to add").fill("2");
      await page.getByRole("button", { name: "Add 2 responders" }).click();
    },
  },
  "fan-out": { scenario: "Everybody works, one reply counts", seconds: 4 },
  serial: { scenario: "In turn or all together", from: "queues", times: 10, seconds: 6 },
  chain: { scenario: "A cache in front", seconds: 5 },
  gateway: { scenario: "Gateway, users, tokens", from: "browser", seconds: 7 },
  retry: { scenario: "Ask again, and wait longer", seconds: 5 },
  late: { scenario: "Too late", seconds: 5 },
  nobody: { seconds: 4, before: (page) => fill(page, "Subject", "nobody.home") },
  error: { scenario: "Saying what is wrong", from: "wrong-type", seconds: 4 },
  gather: { scenario: "Ask everyone, take what comes", from: "buyer", seconds: 5 },
};

const say = (line: string): void => console.log(line);
const wanted = process.argv.slice(2);

await withProduct(say, async ({ url, browser }) => {
  for (const [name, { scenario, from = "client-1", seconds, before, times = 1 }] of Object.entries(CASES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 720 } });
    await new Playground(page).open();
    await expect(page.locator(".diagram-node").first()).toBeVisible();
    if (scenario !== undefined) {
      await page.getByRole("button", { name: "Gallery" }).click();
      await page
        .getByRole("dialog", { name: "Gallery" })
        .getByRole("button", { name: scenario, exact: true })
        .click();
    }
    await page.getByRole("button", { name: "Fold results" }).click();
    await before?.(page);
    await expect(page.getByText("connecting …")).toHaveCount(0);
    const notice = page.getByRole("button", { name: "Dismiss" }).first();
    while (await notice.isVisible()) await notice.click();
    const frames = await film(page, { from, seconds, times });
    const sheet = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
    await sheet.setContent(
      `<style>body{display:grid;grid-template-columns:repeat(${COLUMNS},1fr);gap:6px;font:11px sans-serif;margin:6px}img{width:100%}p{margin:0}</style>${frames.join("")}`,
    );
    const folder = join(FOLDER, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await sheet.screenshot({ path: join(folder, "sheet.png"), fullPage: true });
    say(join(folder, "sheet.png"));
    await sheet.close();
    await page.close();
  }
});

async function film(page: Page, { from, seconds, times }: { from: string; seconds: number; times: number }) {
  const requester = page
    .getByRole("region", { name: "Requesters" })
    .getByRole("group", { name: from, exact: true });
  const open = requester.getByRole("button", { name: from, exact: true });
  if ((await open.getAttribute("aria-expanded")) !== "true") await open.click();
  if (times > 1) await requester.getByLabel("Requests to send").fill(String(times));
  const diagram = page.getByRole("region", { name: "Diagram" });
  await requester
    .getByRole("button", { name: times > 1 ? `Send ${times} at once` : "Send", exact: true })
    .click();
  const startedAt = performance.now();
  const frames: string[] = [];
  for (;;) {
    const at = performance.now() - startedAt;
    if (at > seconds * 1000) return frames;
    const picture = (await diagram.screenshot()).toString("base64");
    const words = await diagram.getByRole("list", { name: "On the wire" }).innerText();
    frames.push(
      `<div><p>${at.toFixed(0)} ms</p><img src="data:image/png;base64,${picture}"><p>${words.replaceAll("\n", "<br>")}</p></div>`,
    );
    await page.waitForTimeout(Math.max(0, EVERY_MS - (performance.now() - startedAt - at)));
  }
}

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { Playground } from "../e2e/pages/Playground.ts";
import { connect, StringCodec, type NatsConnection } from "nats";
import { ROOT } from "./paths.ts";
import { withProduct } from "./product.ts";

/**
 * `npm run film`: what the diagram shows of some cases, frame by frame, to be looked at: sheets of pictures for each, with what is on the
 * wire in words below them. `npm run film -- retry gateway` films only these.
 */
const FOLDER = join(ROOT, "test-results", "film");
const EVERY_MS = 100;
const COLUMNS = 3;
const PICTURE_PX = 500;
const ON_A_SHEET = 9;

interface Case {
  /** The gallery's title, or none for the first screen. */
  readonly scenario?: string;
  readonly from?: string;
  readonly seconds: number;
  readonly before?: (page: Page, nats: NatsConnection) => Promise<void>;
  readonly times?: number;
  /** What begins it, where that is not a requester of the page. */
  readonly begin?: (nats: NatsConnection) => void;
}

const text = StringCodec();

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
  retry: { scenario: "Retry, and wait longer each time", seconds: 5 },
  late: { scenario: "Too late", seconds: 5 },
  nobody: { seconds: 4, before: (page) => fill(page, "Subject", "nobody.home") },
  error: { scenario: "Saying what is wrong", from: "wrong-type", seconds: 4 },
  gather: { scenario: "Ask everyone, take what comes", from: "buyer", seconds: 5 },
  outside: {
    seconds: 4,
    before: async (page, nats) => {
      nats.subscribe("time.now", { callback: (_error, message) => message.respond(text.encode('"noon"')) });
      await nats.flush();
      await fill(page, "Subject", "time.now");
    },
  },
  "from-outside": {
    seconds: 4,
    begin: (nats) =>
      void nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 2000 }).catch(() => {}),
  },
};

const say = (line: string): void => console.log(line);
const wanted = process.argv.slice(2);

await withProduct(say, async ({ url, browser, server }) => {
  for (const [name, each] of Object.entries(CASES)) {
    const { scenario, before } = each;
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 500 } });
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
    const nats = await connect({ servers: server.clientUrl });
    await before?.(page, nats);
    await expect(page.getByText("connecting …")).toHaveCount(0);
    const notice = page.getByRole("button", { name: "Dismiss" }).first();
    while (await notice.isVisible()) await notice.click();
    const frames = await film(page, each, nats);
    const folder = join(FOLDER, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const sheet = await browser.newPage({ viewport: { width: 1530, height: 800 } });
    for (let first = 0; first < frames.length; first += ON_A_SHEET) {
      const some = frames.slice(first, first + ON_A_SHEET);
      await sheet.setContent(
        `<style>body{display:grid;grid-template-columns:repeat(${COLUMNS},1fr);gap:6px;font:11px sans-serif;margin:6px}p{margin:0}</style>${some.join("")}`,
      );
      const path = join(folder, `${name}-${first / ON_A_SHEET + 1}.png`);
      await sheet.screenshot({ path, fullPage: true });
      say(path);
    }
    await sheet.close();
    await page.close();
    await nats.close();
  }
});

/** What was on the wire in words, and when. */
type Told = readonly [at: number, words: string];

/** Until nothing moves any more, or until it has lasted for long enough. */
async function film(
  page: Page,
  { from = "client-1", seconds, times = 1, begin }: Case,
  nats: NatsConnection,
): Promise<readonly string[]> {
  const requester = page
    .getByRole("region", { name: "Requesters" })
    .getByRole("group", { name: from, exact: true });
  const open = requester.getByRole("button", { name: from, exact: true });
  if ((await open.getAttribute("aria-expanded")) !== "true") await open.click();
  if (times > 1) await requester.getByLabel("Requests to send").fill(String(times));
  const send = requester.getByRole("button", {
    name: times > 1 ? `Send ${times} at once` : "Send",
    exact: true,
  });
  const box = await page.getByRole("region", { name: "Diagram" }).boundingBox();
  // Pictures of the page as it is drawn: one that is asked for takes longer than what it would show.
  const cast = await page.context().newCDPSession(page);
  const pictures: { readonly at: number; readonly data: string }[] = [];
  cast.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    pictures.push({ at: (metadata.timestamp ?? 0) * 1000, data });
    cast.send("Page.screencastFrameAck", { sessionId }).catch(() => {}); // the last may come too late
  });
  await cast.send("Page.startScreencast", { format: "jpeg", quality: 90 });
  const telling = told(page, seconds * 1000);
  if (begin) begin(nats);
  else await send.click();
  const words = await telling;
  await cast.send("Page.stopScreencast");
  await cast.detach();
  const [startedAt = 0] = words[0] ?? [];
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
  let next = -Infinity;
  return pictures.flatMap(({ at, data }) => {
    if (at < Math.max(next, startedAt - EVERY_MS) || at > (words.at(-1)?.[0] ?? 0) + EVERY_MS) return [];
    next = at + EVERY_MS;
    const now = words.findLast(([when]) => when <= at)?.[1] ?? "";
    const picture = `width:${width}px;height:${height}px;background:url(data:image/jpeg;base64,${data}) ${-x}px ${-y}px`;
    return `<div><p>${(at - startedAt).toFixed(0)} ms</p><div style="zoom:${PICTURE_PX / width};${picture}"></div><p>${now.replaceAll("\n", "<br>")}</p></div>`;
  });
}

/** What the page says in words, whenever that changes. */
function told(page: Page, ms: number): Promise<readonly Told[]> {
  return page.evaluate(async (most) => {
    const all: [number, string][] = [];
    for (const beganAt = Date.now(); Date.now() - beganAt < most;) {
      const lines = [...document.querySelectorAll('[aria-label="On the wire"] li')];
      const words = lines.map(({ textContent }) => textContent).join("\n");
      const nothing = words === "Nothing is moving.";
      if (words !== all.at(-1)?.[1] && (!nothing || all.length > 0)) all.push([Date.now(), words]);
      if (nothing && all.length > 0) break;
      await new Promise(requestAnimationFrame);
    }
    return all;
  }, ms);
}

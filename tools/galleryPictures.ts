import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Browser, type Page } from "@playwright/test";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import type { GalleryEntry } from "../src/gallery/entry.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { ROOT } from "./paths.ts";
import { withProduct } from "./product.ts";
import { deflateRawSync } from "node:zlib";

/**
 * `npm run gallery:pictures`: the pictures of the gallery, from the running product: each scenario as it is embedded, a moment after
 * its first action. With ids of scenarios behind it: theirs alone.
 */
const FOLDER = join(ROOT, "public/gallery");
/** As they are kept. In px. */
const KEPT = { width: 640, height: 360 };
/** How long after the last click, in ms: about when most is under way, as the diagram slows live traffic down. */
const MOMENT_MS = 650;
const MOMENTS_MS: Readonly<Record<string, number>> = {
  "everybody-works": 1250,
  "two-groups": 1250,
  "ask-everyone": 1300,
  "checked-requests": 1150,
  "late-reply": 1300,
  "ask-again": 1000,
  "nobody-or-silence": 450,
};
const QUALITY = 0.8;
/** The diagram in it is as wide and high as the pictures are. */
const VIEWPORT = { width: 800, height: 533 };
const say = (line: string): void => console.log(line);

const wanted = process.argv.slice(2);
await mkdir(FOLDER, { recursive: true });
await withProduct(say, async ({ url, browser }) => {
  for (const entry of ENTRIES) {
    if (wanted.length > 0 && !wanted.includes(entry.id)) continue;
    for (const theme of ["light", "dark"] as const) {
      const picture = await pictureOf(entry, `${url}?embed&theme=${theme}`, browser);
      const path = join(FOLDER, `${entry.id}-${theme}.webp`);
      await writeFile(path, picture);
      say(`${path}: ${picture.length} bytes`);
    }
  }
});

async function pictureOf(entry: GalleryEntry, url: string, browser: Browser): Promise<Buffer> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  const json = JSON.stringify(scenarioDocument(entry.scenario));
  await page.goto(`${url}#s=${deflateRawSync(json).toString("base64url")}`);
  await expect(page.getByRole("status").first()).toContainText("Connected");
  const send = page.getByRole("button", { name: "Send", exact: true });
  await expect(send).toBeEnabled();
  await expect(page.getByText("connecting …")).toHaveCount(0);
  await page.addStyleTag({
    content:
      ".diagram-over, .diagram-legend, .react-flow__attribution, .notices { display: none !important; }",
  });
  for (const { from, count, times = 1 } of entry.first) {
    const requester = page.getByRole("combobox", { name: "Requester" });
    if (await requester.isVisible()) await requester.selectOption(from);
    for (let at = 0; at < times; at++) {
      if (at > 0) await page.waitForTimeout(1000);
      await (count === 1 ? send : page.getByRole("button", { name: /^Send 10/ })).click();
    }
  }
  await page.waitForTimeout(MOMENTS_MS[entry.id] ?? MOMENT_MS);
  const drawn = await page.getByRole("region", { name: "Diagram" }).screenshot();
  const picture = await asWebp(page, drawn);
  await context.close();
  return picture;
}

/** By the browser, which is at hand and writes it. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
  const written = await page.evaluate(
    async ({ source, width, height, quality }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const drawing = canvas.getContext("2d");
      if (!drawing) throw new Error("This browser draws on no canvas.");
      drawing.imageSmoothingQuality = "high";
      drawing.drawImage(image, 0, 0, width, height);
      return canvas.toDataURL("image/webp", quality);
    },
    { source: `data:image/png;base64,${png.toString("base64")}`, ...KEPT, quality: QUALITY },
  );
  return Buffer.from(written.slice(written.indexOf(",") + 1), "base64");
}

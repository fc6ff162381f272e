import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { Playground } from "../e2e/pages/Playground.ts";
import { ROOT } from "./paths.ts";
import { withProduct } from "./product.ts";

/** `npm run screenshot`: the README's pictures, from the real page on a real nats-server. */
const FOLDER = join(ROOT, "docs");
const say = (line: string): void => console.log(line);

await mkdir(FOLDER, { recursive: true });
await withProduct(say, async ({ url, browser }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({
      baseURL: url,
      colorScheme,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 2,
    });
    await new Playground(page).open();
    await setTheScene(page);
    const path = join(FOLDER, `screenshot-${colorScheme}.png`);
    await page.screenshot({ path });
    say(path);
    await page.close();
  }
});

/** Three responders in one queue group, a burst of requests that they have shared, and a few under way. */
async function setTheScene(page: Page): Promise<void> {
  const responders = page.getByRole("region", { name: "Responders" });
  await responders.getByLabel("Responders to add").fill("2");
  await responders.getByRole("button", { name: /^Add \d+ responders?$/ }).click();
  await expect(responders.getByRole("group")).toHaveCount(3);
  await expect(page.getByText("connecting …")).toHaveCount(0);
  // A requester, the server and three responders.
  await expect(page.locator(".diagram-node")).toHaveCount(5);
  await page.getByRole("tab", { name: "Load distribution" }).click();
  const requester = page.getByRole("group", { name: "client-1", exact: true });
  await requester.getByLabel("Requests to send").fill("300");
  await requester.getByRole("button", { name: /^Send [\d,]+ at once$/ }).click();
  const replies = page.getByText(/^\d+ replies$/);
  await expect
    .poll(async () => (await replies.allTextContents()).reduce((sum, words) => sum + parseInt(words), 0))
    .toBe(300);
  // Some more, to be seen on their way.
  await requester.getByLabel("Requests to send").fill("24");
  await requester.getByRole("button", { name: /^Send [\d,]+ at once$/ }).click();
  await expect(page.getByLabel("Calls")).toContainText("324 replied");
}

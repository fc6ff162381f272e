import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sirv from "sirv";
import { BUILT } from "../tools/build.ts";
import { pickPorts } from "../tools/ports.ts";
import { expect, test } from "./fixtures/test.ts";

const replaceIn = async (file: string, what: RegExp, by: string): Promise<void> => {
  const before = await readFile(file, "utf8");
  const after = before.replace(what, by);
  expect(after, `${what} in ${file}`).not.toBe(before);
  await writeFile(file, after);
};

test("a new version on a static host is offered, and comes when a person takes it", async ({
  playground,
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "roundtrip-versions-"));
  await cp(BUILT, folder, { recursive: true });
  const [port = 0] = await pickPorts(1);
  const host = createServer(sirv(folder, { dev: true }));
  await new Promise<void>((resolve) => host.listen(port, "127.0.0.1", resolve));
  const app = `http://127.0.0.1:${port}/`;
  const isKept = () => page.evaluate(() => navigator.serviceWorker.controller !== null);
  try {
    await page.goto(app);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await expect(async () => {
      await page.reload();
      expect(await isKept()).toBe(true);
    }).toPass();
    await expect(playground.responder("responder-1")).toBeVisible();
    const offer = page.getByRole("group", { name: "Notice" }).filter({ hasText: "A new version" });

    await replaceIn(join(folder, "index.html"), /<title>[^<]*/, "<title>The new version");
    await replaceIn(join(folder, "sw.js"), /(url:"index\.html",revision:")[0-9a-f]+/, "$1new");
    await page.reload();
    await expect(offer).toBeVisible();
    // Until it is taken, the old one stays.
    await expect(page).not.toHaveTitle("The new version");
    await page.reload();
    await expect(offer).toBeVisible();
    await expect(page).not.toHaveTitle("The new version");

    await offer.getByRole("button", { name: "Reload" }).click();
    await expect(page).toHaveTitle("The new version");
    await expect(playground.responder("responder-1")).toBeVisible();
    await expect(offer).toHaveCount(0);
  } finally {
    host.close();
    host.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  }
});

import { serveFolder } from "../fixtures/embeddedServer.ts";
import { leftOut } from "../fixtures/leftOut.ts";
import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";
import { Playground } from "../pages/Playground.ts";

test.describe("where the page has a server", () => {
  test.skip(leftOut.overHttp() !== null, leftOut.overHttp() ?? "");

  test("Against HTTP, as a learner does it", async ({ page }) => {
    test.slow();
    const lesson = new LessonPanel(page);
    const playground = await lesson.open("against-http");
    const { results } = playground;
    await results.getByRole("tab", { name: "HTTP" }).click();
    await results.getByLabel("Requests each").fill("50");
    await results.getByRole("button", { name: "Run comparison" }).click();
    await expect(results.getByText("Done: 50 rounds.")).toBeVisible({ timeout: 60_000 });
    // Fifty are measured and told, but are too few for the step.
    const ways = results.getByRole("table", { name: "Latency of each way" });
    for (const way of [
      "answered by the page’s server",
      "answered by this page",
      "connection kept",
      "new connection",
    ]) {
      const row = ways.getByRole("row").filter({ hasText: way });
      await expect(row).not.toContainText("failed");
      await expect(row.getByRole("cell").first()).toHaveText(/^(4\d|50)$/);
      await expect(row.getByRole("cell").nth(2)).toHaveText(/\d+(\.\d+)? ms/);
    }
    const claims = results.getByRole("table", { name: "What is often said, and what was measured" });
    await expect(claims.getByRole("row")).toHaveCount(7);
    await expect(claims.getByRole("row", { name: /^Connection/ })).toContainText("HTTP/1.1 keeps");
    await expect(claims.getByRole("row", { name: /^Overhead/ })).toContainText(" B over HTTP");
    await lesson.expectToDo(1);

    await results.getByLabel("Requests each").fill("120");
    await results.getByRole("button", { name: "Run comparison" }).click();
    await expect(results.getByText("Done: 120 rounds.")).toBeVisible({ timeout: 60_000 });
    await lesson.expectDone(1);
    await playground.responders.getByRole("button", { name: "Add responder" }).click();
    await playground.everyoneConnected();
    await results.getByRole("button", { name: "Run comparison" }).click();
    await lesson.expectDone(2);
    for (const name of ["responder-1", "responder-2"]) {
      await playground.responder(name).getByRole("button", { name: "Kill" }).click();
      await expect(playground.responder(name)).toContainText("dead");
    }
    await playground.send();
    await lesson.expectDone(3);
  });

  test("a comparison can be cancelled with the keyboard, and keeps what was measured", async ({
    playground,
  }) => {
    await playground.open();
    const { results } = playground;
    await results.getByRole("tab", { name: "HTTP" }).click();
    await results.getByLabel("Requests each").fill("5000");
    await results.getByRole("button", { name: "Run comparison" }).press("Enter");
    await expect(results.getByText(/^[1-9]\d* of 5,000 rounds$/)).toBeVisible();
    await results.getByRole("button", { name: "Cancel comparison" }).press("Enter");
    await expect(results.getByText(/^Cancelled after [\d,]+ of 5,000 rounds\.$/)).toBeVisible();
    await expect(results.getByRole("button", { name: "Run comparison" })).toBeEnabled();
  });
});

test.describe("on a static host", () => {
  // There is no roundtrip.json, and no NATS server where a static page looks for one.
  test.use({ expectedNoise: [/roundtrip\.json|WebSocket|ERR_CONNECTION_REFUSED|9222/] });

  test("the comparison says why it cannot run", async ({ page, server }) => {
    const site = await serveFolder();
    try {
      await page.goto(`${site.app}?server=${server.url}`);
      if (server.url !== "in-tab") await page.getByRole("button", { name: "Connect to it" }).click();
      const playground = new Playground(page);
      await playground.results.getByRole("tab", { name: "HTTP" }).click();
      await expect(playground.results.getByRole("note")).toContainText("npm start");
      await expect(playground.results.getByRole("button", { name: "Run comparison" })).toHaveCount(0);
    } finally {
      await site.close();
    }
  });
});

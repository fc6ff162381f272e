import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Why did that fail?, as a learner does it: each fault is found and mended from there", async ({
  page,
}) => {
  test.slow();
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("finding-faults");
  const { results, inspector } = playground;
  await results.getByRole("tab", { name: "Messages" }).click();
  /** Selects the newest exchange, once it has failed, and gives what is said of it. */
  const why = async (outcome: string): Promise<Locator> => {
    const newest = results.getByRole("grid").getByRole("row").nth(1);
    await expect(newest).toContainText(outcome);
    await newest.click();
    const told = inspector.getByRole("region", { name: "Why did that fail?" });
    await expect(told).toBeVisible();
    return told;
  };

  await playground.send();
  await (
    await why("no responders")
  )
    .getByRole("button", { name: "Change the subject of client-1 to user.get" })
    .click();
  await lesson.expectToDo(1);
  await playground.send();
  await lesson.expectDone(1);

  await playground.send(1, "client-2");
  await (
    await why("timed out")
  )
    .getByRole("button", { name: /timeout/i })
    .first()
    .click();
  await playground.send(1, "client-2");
  await lesson.expectDone(2);

  await playground.send(1, "client-3");
  await expect(await why("error reply")).toContainText("user_id");
  const payload = playground.requester("client-3").getByLabel("Payload", { exact: true });
  await payload.fill('{ "user_id": 7 }');
  await playground.send(1, "client-3");
  await lesson.expectDone(3);

  await playground.responder("users").getByRole("button", { name: "Freeze" }).click();
  await playground.send(1, "client-1");
  await (await why("timed out")).getByRole("button", { name: "Thaw users" }).click();
  await playground.send(1, "client-1");
  await lesson.expectDone(4);
  await lesson.expectFigure(4, "timed out");
});

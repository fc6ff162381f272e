import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Four shapes of a service, as a learner does it", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("four-shapes");
  await playground.send(1, "app");
  await lesson.expectDone(1);
  await playground.requester("app").getByLabel("Subject").fill("api.orders.get");
  await playground.send(1, "app");
  await lesson.expectDone(2);
  await playground.send(1, "report");
  await lesson.expectDone(3);

  await playground.send(1, "shop");
  await lesson.expectFigure(4, "miss");
  await lesson.expectToDo(4);
  await playground.send(1, "shop");
  await lesson.expectDone(4);
  // The cache forgets after five seconds: asking again and again sees it.
  await lesson.sendUntilDone(5, () => playground.send(1, "shop"));

  await playground.send(1, "monitor");
  await expect(lesson.step(6)).toContainText("1 of 2");
  await playground.responder("health").getByRole("button", { name: "Kill" }).click();
  await expect(playground.responder("health")).toContainText("dead");
  await playground.send(1, "monitor");
  await lesson.expectDone(6);
  await expect(lesson.region).toContainText("All steps are done.");
});

test("a gateway with nothing behind it does not tick its step", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("four-shapes");
  await playground.responder("users").getByRole("button", { name: "Kill" }).click();
  await expect(playground.responder("users")).toContainText("dead");
  await playground.send(1, "app");
  const { counts } = await playground.settled(1);
  expect(counts.errorReply).toBe(1);
  await lesson.expectToDo(1);
});

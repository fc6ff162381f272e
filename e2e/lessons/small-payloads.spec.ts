import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Small payloads, as a learner does it; a large one does not count as small", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("small-payloads");
  await playground.send(5, "large");
  await playground.settled(5);
  await lesson.expectToDo(1);
  await playground.send(5, "small");
  await lesson.expectDone(1);
  await lesson.expectFigure(1, "median of 5");
  await playground.send(5, "large");
  await lesson.expectDone(2);
  await playground.send(1, "too-large");
  await lesson.expectDone(3);
  await lesson.expectFigure(3, /refused\s*1/);
  await expect(lesson.region).toContainText("All steps are done.");
});

import { test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Many at once, as a learner does it; ten on one at a time do not tick the concurrent step", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("many-at-once");
  await playground.send(10);
  await lesson.expectDone(1);
  await lesson.expectFigure(1, "all together");

  await playground.send(10);
  await playground.settled(20);
  await lesson.expectToDo(2);

  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Concurrency").selectOption("many at once");
  await playground.send(10);
  await lesson.expectDone(2);

  await playground.inspector.getByLabel("Concurrency").selectOption("one at a time");
  await playground.responder("responder-1").getByRole("button", { name: "Duplicate" }).click();
  await playground.everyoneConnected();
  await lesson.sendUntilDone(3, () => playground.send(10));
});

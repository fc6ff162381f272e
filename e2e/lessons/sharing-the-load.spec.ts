import { test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Sharing the load, as a learner does it; without a queue group nothing counts as shared", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("sharing-the-load");
  await playground.send();
  await lesson.expectDone(1);
  await lesson.expectFigure(1, "3 responders");
  // What is shown beside a step that is done is how it ended: the last reply may come after the one that was taken.
  await lesson.expectFigure(1, /replies\s*3/);
  await lesson.expectFigure(1, /discarded\s*2/);

  await playground.send(30);
  await playground.settled(31);
  await lesson.expectToDo(2);

  for (const name of ["responder-1", "responder-2", "responder-3"]) {
    await playground.inspect(name);
    await playground.inspector.getByLabel("Queue group").fill("users");
  }
  await lesson.sendUntilDone(2, () => playground.send(30));

  await playground.send(300);
  await playground.results.getByRole("tab", { name: "Load distribution" }).click();
  await lesson.expectDone(3);
  await lesson.expectFigure(3, /of 300/);

  await playground.responder("responder-2").getByRole("button", { name: "Freeze" }).click();
  await playground.send(30);
  await lesson.expectDone(4);
});

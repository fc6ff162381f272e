import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Looking back and ahead, as a learner does it; it ends with what was learnt and what comes next", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("looking-back");
  const add = async (queue: string): Promise<void> => {
    await playground.responders.getByRole("button", { name: "Add responder" }).click();
    await playground.inspector.getByLabel("Subject").fill("greet.hello");
    await playground.inspector.getByLabel("Queue group").fill(queue);
    await playground.inspector.getByLabel("Handler", { exact: true }).selectOption({ label: "Echo" });
    await playground.everyoneConnected();
  };
  await add("greeters");
  await playground.send(20);
  await playground.settled(20);
  // One alone shares nothing.
  await lesson.expectToDo(1);
  await add("greeters");
  await lesson.sendUntilDone(1, () => playground.send(20));
  await add("audit");
  await playground.send();
  await lesson.expectDone(2);
  for (const name of ["responder-1", "responder-2", "responder-3"])
    await playground.responder(name).getByRole("button", { name: "Kill" }).click();
  await playground.send();
  await playground.responder("responder-1").getByRole("button", { name: "Start" }).click();
  await lesson.expectDone(3);
  await expect(lesson.region).toContainText("All steps are done.");
  await expect(lesson.region).toContainText("JetStream");
  await expect(lesson.region).toContainText("What you can do now");
  // The end is not scrolled away.
  await expect(lesson.region.getByText("All steps are done.")).toBeInViewport();
});

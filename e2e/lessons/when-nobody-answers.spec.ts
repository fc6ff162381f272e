import { test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("When nobody answers, as a learner does it; a reply ticks nothing", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("when-nobody-answers");
  const press = (name: string): Promise<void> =>
    playground.responder("responder-1").getByRole("button", { name }).click();

  await playground.send();
  await playground.settled(1);
  await lesson.expectToDo(1);
  await press("Kill");
  await playground.send();
  await lesson.expectDone(1);

  await press("Start");
  await playground.everyoneConnected();
  await press("Freeze");
  await playground.send();
  await lesson.expectDone(2);

  await press("Thaw");
  await lesson.expectDone(3);

  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption({ label: "fixed" });
  await playground.inspector.getByLabel("Delay in ms").fill("600");
  await playground.setTimeoutMs(300);
  await playground.send();
  await lesson.expectDone(4);
});

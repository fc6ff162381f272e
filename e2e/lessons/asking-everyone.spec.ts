import { test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Asking everyone, as a learner does it; gathering for a time does not tick the count", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("asking-everyone");
  const requester = playground.requester("monitor");
  const send = (): Promise<void> => playground.send(1, "monitor");

  await send();
  await lesson.expectDone(1);

  await requester.getByLabel("Policy", { exact: true }).selectOption({ label: "scatter-gather" });
  await send();
  await lesson.expectDone(2);

  await send();
  await playground.settled(3);
  await lesson.expectToDo(3);

  await requester.getByLabel("after a count").check();
  await requester.getByLabel("Replies wanted").fill("3");
  await lesson.sendUntilDone(3, send);

  await requester.getByLabel("after a count").uncheck();
  await requester.getByLabel("after a gap").check();
  await requester.getByLabel("Gap", { exact: true }).fill("150");
  await lesson.sendUntilDone(4, send);

  await requester.getByLabel("after a gap").uncheck();
  await requester.getByLabel("at an empty reply").check();
  await lesson.sendUntilDone(5, send);
});

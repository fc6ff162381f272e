import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Naming subjects, as a learner does it; a subject nobody meant ticks nothing", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("naming-subjects");
  const ask = async (subject: string): Promise<void> => {
    await playground.requester("client-1").getByLabel("Subject").fill(subject);
    await playground.send();
  };
  await ask("users.get");
  await playground.settled(1);
  await lesson.expectToDo(1);
  await ask("User.get");
  await lesson.expectDone(1);
  await lesson.expectFigure(1, /User\.get\s*no responders/);

  await ask("order.create");
  await ask("order.cancel");
  await lesson.expectDone(2);
  await ask("order.item.add");
  await lesson.expectDone(3);

  await playground.inspect("orders");
  await playground.inspector.getByLabel("Subject").fill("order.>");
  await ask("order.item.add");
  await lesson.expectDone(4);
  await lesson.expectFigure(4, "replied by orders");

  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await playground.inspector.getByLabel("Subject").fill("stock.reserve");
  await playground.everyoneConnected();
  await ask("stock.reserve");
  await lesson.expectDone(5);
  await expect(lesson.region).toContainText("All steps are done.");
});

import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Saying no clearly, as a learner does it", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("saying-no-clearly");
  await lesson.button("Run cases").click();
  await lesson.expectDone(1);
  const table = lesson.step(1).getByRole("table");
  await expect(table.getByText("as expected")).toHaveCount(7);
  await expect(table.getByRole("row").filter({ hasText: "An unknown user_id" })).toContainText(
    '"status":"not_found"',
  );

  const payload = playground.requester("client-1").getByLabel("Payload", { exact: true });
  await payload.fill('{ "user_id": 1001 }');
  await playground.send();
  await lesson.expectFigure(2, "not_found");
  await payload.fill('{ "user_id": -5 }');
  await playground.send();
  await lesson.expectDone(2);

  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption({ label: "Always failing" });
  await playground.send();
  await lesson.expectDone(3);

  await playground.inspector.getByLabel("Dropped requests").fill("100");
  await playground.send();
  await lesson.expectDone(4);
  await expect(lesson.region).toContainText("All steps are done.");
});

test("a service that never says no fails the cases, and the step stays", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("saying-no-clearly");
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption({ label: "User lookup" });
  await lesson.button("Run cases").click();
  // Only the invalid JSON is answered with an error, by Roundtrip, and in other words.
  await expect(lesson.step(1).getByText("0 of 7 as expected")).toBeVisible();
  await expect(lesson.step(1).getByRole("row").filter({ hasText: "A negative user_id" })).toContainText(
    "it is no error reply",
  );
  await expect(lesson.button("Run cases")).toBeEnabled();
  await lesson.expectToDo(1);
});

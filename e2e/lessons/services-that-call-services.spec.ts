import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("Services that call services, as a learner does it", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("services-that-call-services");
  await playground.send(1, "login");
  await lesson.expectDone(1);
  const login = playground.requester("login").getByLabel("Payload", { exact: true });
  await login.fill('{ "username": "admin", "password": "guess" }');
  await playground.send(1, "login");
  await lesson.expectDone(2);

  await playground.send(1, "client");
  await lesson.expectDone(3);
  const client = (await playground.openRequester("client")).getByLabel("Payload", { exact: true });
  await client.fill('{ "token": "admin.845e5df9", "user_id": 7 }');
  await playground.send(1, "client");
  await lesson.expectDone(4);
  await lesson.expectFigure(4, "of it auth.verify");

  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("grid").getByText("user.get").first().click();
  await lesson.expectDone(5);
  await expect(playground.inspector).toContainText("auth.verify");

  const verify = playground.responder("auth-verify");
  await verify.getByRole("button", { name: "Kill" }).click();
  await expect(verify).toContainText("dead");
  await playground.send(1, "client");
  await lesson.expectDone(6);

  await verify.getByRole("button", { name: "Start" }).click();
  await playground.everyoneConnected();
  await verify.getByRole("button", { name: "Freeze" }).click();
  await playground.send(1, "client");
  await lesson.expectDone(7);

  await playground.setTimeoutMs(500, "client");
  await playground.send(1, "client");
  await lesson.expectDone(8);
  await expect(lesson.region).toContainText("All steps are done.");
});

test("a user service that asks nobody does not tick the step about unauthorized requests", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("services-that-call-services");
  await playground.send(1, "login");
  await lesson.expectDone(1);
  const login = await playground.openRequester("login");
  await login.getByLabel("Payload", { exact: true }).fill('{ "username": "admin", "password": "guess" }');
  await playground.send(1, "login");
  await lesson.expectDone(2);
  await playground.inspect("users");
  await playground.inspector
    .getByLabel("Handler", { exact: true })
    .selectOption({ label: "User lookup that checks requests" });
  await playground.send(1, "client");
  await playground.settled(3);
  await lesson.expectToDo(3);
});

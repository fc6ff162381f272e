import { StringCodec } from "nats";
import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

const text = StringCodec();

test("Python and this page: programs elsewhere tick its steps, and the page alone does not", async ({
  page,
  nats,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("from-python");
  await playground.send();
  await playground.settled(1);
  await lesson.expectToDo(1);
  await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  await lesson.expectDone(1);
  await lesson.expectFigure(1, '{"user_id":7}');

  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      nats.request("user.get", text.encode(`{"user_id":${n + 1}}`), { timeout: 5000 }),
    ),
  );
  await lesson.expectDone(2);

  nats.subscribe("user.get", {
    queue: "users",
    callback: (_error, message) => void message.respond(text.encode('{"name":"from elsewhere"}')),
  });
  await nats.flush();
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.send();
  await lesson.expectDone(3);
  await lesson.expectFigure(3, /your program\s*1 of 1/);

  await playground.responder("responder-1").getByRole("button", { name: "Start" }).click();
  await playground.everyoneConnected();
  await lesson.sendUntilDone(4, () => playground.send(30));
  await expect(lesson.region).toContainText("All steps are done.");
});

import { StringCodec } from "nats";
import { isEmbedded } from "../fixtures/serverKind.ts";
import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

const text = StringCodec();

test("First round trip, as a learner does it", async ({ page, nats, tcpUrl }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("first-round-trip");
  await playground.send();
  await lesson.expectDone(1);
  await expect(lesson.step(1)).toContainText("Six stages");
  await playground.requester("client-1").getByLabel("Requests to send").fill("2");
  await playground
    .requester("client-1")
    .getByRole("button", { name: /^Send [\d,]+ at once$/ })
    .click();
  await lesson.expectDone(2);
  await expect(lesson.step(2)).toContainText("_INBOX.");
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("grid").getByText("user.get").first().click();
  await lesson.expectDone(3);
  await playground.setTimeoutMs(100);
  await playground.send();
  await lesson.expectDone(4);
  await expect(lesson.region).toContainText("All steps are done.");
  await lesson.expectToDo(5);
  // No program reaches the server in a tab by itself: there the usual address of one's own is named.
  const url = isEmbedded() ? "nats://127.0.0.1:4222" : tcpUrl;
  await expect(lesson.step(5)).toContainText(`nats request --server ${url} user.get '{"user_id": 7}'`);
  await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  await lesson.expectDone(5);
});

test("a program elsewhere ticks a step, and a request to another subject does not", async ({
  page,
  nats,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("first-round-trip");
  await playground.requester("client-1").getByLabel("Subject").fill("order.get");
  await playground.send();
  await playground.settled(1);
  await lesson.expectToDo(1);
  await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  await lesson.expectDone(1);
});

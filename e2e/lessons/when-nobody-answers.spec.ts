import { test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("When nobody answers, as a learner does it; a reply ticks nothing", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("when-nobody-answers");
  const press = (name: string): Promise<void> =>
    playground.responder("responder-1").getByRole("button", { name }).click();

  test.slow();
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

  const requester = playground.requester("client-1");
  const choose = (policy: string): Promise<string[]> =>
    requester.getByLabel("Policy", { exact: true }).selectOption({ label: policy });
  await choose("retry");
  await playground.send();
  await lesson.expectDone(5);

  await requester.getByLabel("Backoff").selectOption({ label: "none" });
  await requester.getByLabel("Each timeout").selectOption({ label: "doubling" });
  await playground.send();
  await lesson.expectDone(6);
  await lesson.expectFigure(6, "attempt 2, timed out");
  await lesson.expectFigure(6, /attempt [23], replied/);

  await choose("retry");
  await requester.getByLabel("Jitter").selectOption({ label: "full" });
  await playground.send(5);
  await lesson.expectDone(7);

  await choose("retry, then fallback");
  await requester.getByLabel("First wait", { exact: true }).fill("100");
  await playground.send();
  await lesson.expectDone(8);

  await choose("circuit breaker");
  await playground.send(3);
  await lesson.sendUntilDone(9, () => playground.send());

  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption({ label: "none" });
  await lesson.sendUntilDone(10, () => playground.send());

  await playground.requester("shop").getByRole("button", { name: "shop", exact: true }).click();
  await playground.send(1, "shop");
  await lesson.expectDone(11);
  await lesson.expectFigure(11, "booking number 2");

  await playground.send(1, "shop");
  await lesson.expectFigure(12, "attempt 2");
  await lesson.expectToDo(12);
  await playground.inspect("payments");
  await playground.inspector
    .getByLabel("Handler", { exact: true })
    .selectOption({ label: "Payment, booked once" });
  // On a busy machine a timeout can come after the reply that it should not wait for.
  await lesson.sendUntilDone(12, () => playground.send(1, "shop"));
});

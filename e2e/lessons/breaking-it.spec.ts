import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test.use({ expectedNoise: [/WebSocket|\/monitoring\//] });

test("Breaking it, as a learner does it; killing an idle responder loses nothing and ticks nothing", async ({
  page,
}) => {
  test.slow();
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("breaking-it");
  const press = (name: string, responder: string): Promise<void> =>
    playground.responder(responder).getByRole("button", { name }).click();
  const busy = (responder: string): Promise<void> =>
    expect(playground.responder(responder)).toContainText("busy with");

  // These buttons show an icon alone: the words name it with the same icon.
  for (const name of ["Kill", "Freeze", "Drain"]) {
    const named = lesson.steps.getByText(name, { exact: true }).first().locator("svg");
    const button = playground.responder("responder-1").getByRole("button", { name });
    expect(await named.innerHTML(), name).toBe(await button.locator("svg").innerHTML());
  }

  await press("Kill", "responder-1");
  await playground.send();
  await playground.settled(1);
  await lesson.expectToDo(1);
  await press("Start", "responder-1");
  await playground.everyoneConnected();

  // Whoever is not quick enough tries once more.
  const up = async (responder: string): Promise<void> => {
    const start = playground.responder(responder).getByRole("button", { name: "Start" });
    if (await start.isVisible()) await start.click();
    await playground.everyoneConnected();
  };
  const whileBusy = async (name: string, responder: string): Promise<void> => {
    await up(responder);
    await playground.send(10);
    await busy(responder);
    await press(name, responder);
  };
  // The requester learns it by its timeout of 3 s.
  await lesson.sendUntilDone(1, () => whileBusy("Kill", "responder-1"), 6000);

  await up("responder-1");
  await press("Freeze", "responder-2");
  await playground.send(10);
  await lesson.expectDone(2);

  await press("Thaw", "responder-2");
  await expect(playground.responder("responder-2")).not.toContainText("busy with");
  await lesson.sendUntilDone(3, () => whileBusy("Drain", "responder-2"), 6000);

  await playground.diagram.getByRole("button", { name: /nats-server/ }).click();
  await playground.send(10);
  await playground.inspector.getByRole("button", { name: "Kill server" }).click();
  await lesson.sendUntilDone(4, () => playground.send());

  await playground.inspector.getByRole("button", { name: "Start server" }).click();
  await expect(playground.status).toContainText("Connected", { timeout: 20_000 });
  await expect(playground.requester("client-1")).toContainText("connected");
  await expect(playground.responder("responder-1")).toContainText("connected");
  await playground.send();
  await lesson.expectDone(5);
});

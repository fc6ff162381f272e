import { LESSONS } from "../../src/lessons/catalogue.ts";
import { ALL_LESSONS_VARIABLE } from "../fixtures/allLessons.ts";
import { expect, test } from "../fixtures/test.ts";
import { openLessonByKey, pressByKey, tabTo, writeByKey } from "../pages/keyboard.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

// Nothing in here touches the mouse.

test("First round trip, from the menu to the next lesson, by keyboard alone", async ({
  page,
  playground,
}) => {
  test.slow();
  await playground.open();
  await openLessonByKey(page, "First round trip");
  await playground.everyoneConnected();
  const lesson = new LessonPanel(page);
  const requester = playground.requester("client-1");
  const send = requester.getByRole("button", { name: "Send", exact: true });
  await pressByKey(page, send);
  await lesson.expectDone(1);
  await writeByKey(page, requester.getByLabel("Requests to send"), "2");
  await pressByKey(page, requester.getByRole("button", { name: "Send 2 at once" }));
  await lesson.expectDone(2);
  await tabTo(page, playground.results.getByRole("tab", { selected: true }));
  const messages = playground.results.getByRole("tab", { name: "Messages" });
  while ((await messages.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowRight");
  const grid = playground.results.getByRole("grid");
  await tabTo(page, grid);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await lesson.expectDone(3);
  await writeByKey(page, requester.getByLabel("Timeout", { exact: true }), "100");
  await pressByKey(page, send);
  await lesson.expectDone(4);
  await expect(lesson.region).toContainText("All steps are done.");
  await pressByKey(page, lesson.button("Next: Many at once"));
  await expect(lesson.region.getByRole("heading", { name: "Many at once" })).toBeVisible();
  await lesson.expectToDo(1);
});

test("Naming subjects by keyboard alone: fields, lists and the Inspector", async ({ page, playground }) => {
  test.slow();
  await playground.open();
  await openLessonByKey(page, "Naming subjects");
  await playground.everyoneConnected();
  const lesson = new LessonPanel(page);
  const requester = playground.requester("client-1");
  const ask = async (subject: string): Promise<void> => {
    await writeByKey(page, requester.getByLabel("Subject"), subject);
    await pressByKey(page, requester.getByRole("button", { name: "Send", exact: true }));
  };
  await ask("User.get");
  await lesson.expectDone(1);
  await ask("order.create");
  await ask("order.cancel");
  await lesson.expectDone(2);
  await ask("order.item.add");
  await lesson.expectDone(3);
  await pressByKey(page, playground.responder("orders").getByRole("button", { name: "orders", exact: true }));
  await expect(playground.inspector.getByLabel("Name")).toHaveValue("orders");
  await writeByKey(page, playground.inspector.getByLabel("Subject"), "order.>");
  await ask("order.item.add");
  await lesson.expectDone(4);
  await pressByKey(page, playground.responders.getByRole("button", { name: "Add responder" }));
  await writeByKey(page, playground.inspector.getByLabel("Subject"), "stock.reserve");
  await playground.everyoneConnected();
  await ask("stock.reserve");
  await lesson.expectDone(5);
  await pressByKey(page, lesson.button("Close lesson"));
  await expect(lesson.region).toHaveCount(0);
});

/** Its steps take programs of one's own, or a server of the page's that can be stopped. */
const ELSEWHERE = ["from-python", "against-http", "breaking-it"];
/** Their steps between them do every kind of thing, and take a few seconds each. `npm run e2e:lessons` does all lessons so, in minutes. */
const QUICK = ["sharing-the-load", "saying-no-clearly", "asking-everyone", "finding-faults"];
const inFull = (id: string): boolean =>
  !ELSEWHERE.includes(id) && (process.env[ALL_LESSONS_VARIABLE] !== undefined || QUICK.includes(id));

for (const { id, title, steps } of LESSONS.filter((entry) => inFull(entry.id))) {
  test(`${title} is opened, done step by step and left by keyboard alone`, async ({ page, playground }) => {
    test.slow();
    await playground.open();
    await openLessonByKey(page, title);
    const lesson = new LessonPanel(page);
    await lesson.expectToDo(1);
    await expect(page).toHaveURL(new RegExp(`lesson=${id}`));
    const doIt = lesson.button("Do it for me");
    await tabTo(page, doIt);
    for (let step = 1; step <= steps; step++) {
      // The focus goes from step to step by itself.
      await expect(doIt).toBeFocused();
      await expect(doIt).toBeEnabled({ timeout: 15_000 });
      await page.keyboard.press("Enter");
      await lesson.expectDone(step, 40_000);
    }
    await expect(lesson.region).toContainText("All steps are done.");
    await pressByKey(page, lesson.button("Reset lesson"));
    await lesson.expectToDo(1);
    await pressByKey(page, lesson.button("Close lesson"));
    await expect(lesson.region).toHaveCount(0);
  });
}

for (const { id, title } of LESSONS.filter((entry) => !inFull(entry.id))) {
  test(`${title} is opened, its hint read and left by keyboard alone`, async ({ page, playground }) => {
    await playground.open();
    await openLessonByKey(page, title);
    const lesson = new LessonPanel(page);
    await lesson.expectToDo(1);
    await expect(page).toHaveURL(new RegExp(`lesson=${id}`));
    const hint = lesson.step(1).locator("summary", { hasText: "Hint" });
    await pressByKey(page, hint);
    await expect(lesson.step(1).getByRole("group")).toHaveAttribute("open", "");
    await pressByKey(page, lesson.button("Close lesson"));
    await expect(lesson.region).toHaveCount(0);
  });
}

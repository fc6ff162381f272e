import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

test("chosen from the menu, done for me step by step, on to the next, and there again after a reload", async ({
  page,
  playground,
}) => {
  await playground.open();
  const lesson = new LessonPanel(page);
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("menuitem", { name: /First round trip/ }).click();
  await expect(page).toHaveURL(/lesson=first-round-trip/);
  await lesson.button("Load scenario").click();
  for (const step of [1, 2]) {
    await lesson.button("Do it for me").click();
    await lesson.expectDone(step);
    await expect(lesson.button("Do it for me")).toBeEnabled();
  }
  await page.reload();
  await playground.everyoneConnected();
  await lesson.expectDone(2);
  await lesson.expectToDo(3);
  await expect(lesson.region.getByRole("progressbar", { name: "Lesson progress" })).toHaveAttribute(
    "value",
    "2",
  );
  for (const step of [3, 4]) {
    // Nothing is in the record after a reload: there has to be a request to look at.
    if (step === 3) await playground.send();
    await lesson.button("Do it for me").click();
    await lesson.expectDone(step);
    if (step === 3) await expect(lesson.button("Do it for me")).toBeEnabled();
  }
  await lesson.button("Next: Many at once").click();
  await expect(lesson.region.getByRole("heading", { name: "Many at once" })).toBeVisible();
  await page.getByRole("button", { name: "Lessons" }).click();
  await expect(page.getByRole("menuitem", { name: /First round trip/ })).toContainText("done");
});

test("a person's own setup is kept while a scenario is up, and given back, also after a reload", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await playground.inspector.getByLabel("Name").fill("ada");
  await playground.inspector.getByLabel("Name").press("Enter");
  await expect(playground.responder("ada")).toContainText("connected");
  const lesson = new LessonPanel(page);
  await lesson.open("sharing-the-load");
  await expect(playground.responder("responder-3")).toBeVisible();
  await expect(playground.responder("ada")).toHaveCount(0);
  await page.reload();
  await expect(playground.responder("responder-3")).toBeVisible();
  await lesson.button("Back to my own setup").click();
  await expect(playground.responder("ada")).toContainText("connected");
  await expect(playground.responder("responder-3")).toHaveCount(0);
});

test("reset takes the ticks back, undo brings them again; folded and closed, the playground is all there", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("first-round-trip");
  await playground.send();
  await lesson.expectDone(1);
  await lesson.button("Reset lesson").click();
  await lesson.expectToDo(1);
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await lesson.expectDone(1);
  await lesson.button("Fold lesson").click();
  await expect(lesson.steps).toHaveCount(0);
  await lesson.button("Unfold lesson").click();
  await expect(lesson.step(2)).toBeVisible();
  await lesson.button("Close lesson").click();
  await expect(lesson.region).toHaveCount(0);
  await expect(page).not.toHaveURL(/lesson=/);
  await playground.send();
});

test("a lesson that does not exist says so and offers those that do", async ({ page, playground }) => {
  await playground.open("./?lesson=quantum");
  const lesson = new LessonPanel(page);
  await expect(lesson.region.getByRole("alert")).toContainText("no lesson “quantum”");
  await lesson.button("First round trip").click();
  await lesson.expectToDo(1);
});

test("nothing of one lesson or scenario is left in the next: traffic, outside, tab and filter", async ({
  page,
  nats,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("first-round-trip");
  await nats.request("user.get", new TextEncoder().encode('{"user_id":7}'), { timeout: 5000 });
  await expect(playground.diagram.getByText("outside", { exact: true })).toBeVisible();
  await playground.send();
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("searchbox").fill("nothing like it");
  await expect(playground.results).toContainText("1 started");

  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("menuitem", { name: /Many at once/ }).click();
  await playground.everyoneConnected();
  await expect(playground.diagram.getByText("outside", { exact: true })).toHaveCount(0);
  await expect(playground.results).toContainText("0 started");
  await expect(playground.results.getByRole("tab", { name: "Latency" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await playground.send();
  await playground.settled(1);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await expect(playground.results.getByRole("searchbox")).toHaveValue("");

  await page.getByRole("button", { name: "Gallery" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /One of three is slow/ })
    .click();
  await expect(playground.results).toContainText("0 started");
});

test("a word is explained where it stands: to the pointer, the keyboard and a finger", async ({ page }) => {
  const lesson = new LessonPanel(page);
  await lesson.open("first-round-trip");
  const term = lesson.button("requester").first();
  const tip = page.getByRole("tooltip");
  await term.hover();
  await expect(tip).toContainText("The side that asks");
  await page.mouse.move(0, 0);
  await expect(tip).toHaveCount(0);
  await lesson.button("subject").first().focus();
  await page.keyboard.press("Tab");
  await expect(term).toBeFocused();
  await expect(tip).toContainText("The side that asks");
  await page.keyboard.press("Escape");
  await expect(tip).toHaveCount(0);
  await term.dispatchEvent("click");
  await expect(tip).toContainText("The side that asks");
  await expect(term).toHaveAccessibleDescription(/The side that asks/);
});

test("what a step points to is on screen with it, on a small laptop too", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("sharing-the-load");
  await playground.send();
  await lesson.expectDone(1);
  await playground.inspect("responder-1");
  await expect(playground.inspector.getByLabel("Queue group")).toBeInViewport({ ratio: 1 });
  await expect(lesson.step(2)).toBeInViewport({ ratio: 1 });
  await expect(playground.diagram.getByRole("button", { name: /^client-1/ })).toBeInViewport({ ratio: 1 });
});

import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";
import type { Playground } from "../pages/Playground.ts";

/** What a learner might write at first: it adds whatever it is asked. */
const ADDS_ONLY = `export default function calculate(request) {
  const { a, b } = request.json();
  return { result: a + b };
}`;

const ALL_FOUR = `export default function calculate(request) {
  const { subject } = request;
  const { a, b } = request.json();
  if (typeof a !== "number" || typeof b !== "number") throw new Error("a and b have to be numbers");
  switch (subject) {
    case "calc.add": return { result: a + b };
    case "calc.subtract": return { result: a - b };
    case "calc.multiply": return { result: a * b };
    case "calc.divide":
      if (b === 0) return { error: "Nobody can divide by zero" };
      return { result: a / b };
  }
  return { error: "unknown operation: " + subject };
}`;

test("Calculator: a handler written in the editor, wrong at first, then right", async ({ page }) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("calculator");
  const verdicts = (step: number) => lesson.step(step).getByRole("status");
  await lesson.button("Run cases").click();
  await expect(verdicts(1)).toHaveText("0 of 5 as expected");

  await lesson.button("Write the handler").click();
  const unapplied = lesson.step(1).getByText("are not applied");
  await expect(unapplied).toHaveCount(0);
  await playground.page.getByLabel("Handler source").fill(ADDS_ONLY);
  await expect(unapplied).toContainText("Edits in calculator");
  await write(playground, ADDS_ONLY);
  await expect(unapplied).toHaveCount(0);
  await lesson.button("Run cases").click();
  await expect(verdicts(1)).toHaveText("1 of 5 as expected");
  await expect(lesson.step(1).getByRole("row").filter({ hasText: "7 − 5" })).toContainText(
    "result is 12, not 2",
  );
  await lesson.expectToDo(1);

  await write(playground, ALL_FOUR);
  await lesson.button("Run cases").click();
  await lesson.expectDone(1);
  await lesson.step(2).getByRole("button", { name: "Run cases" }).click();
  await lesson.expectDone(2);
  await expect(lesson.region).toContainText("All steps are done.");
});

test("Chain: errors and timeouts of every depth arrive, with the solution revealed and taken", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  await lesson.open("chain");
  await lesson.button("Run cases").click();
  await expect(lesson.step(1).getByRole("status")).toHaveText("0 of 2 as expected");
  await lesson.expectToDo(1);
  for (const name of ["service-c", "service-b", "service-a"]) {
    await lesson.button(`Reveal the solution of ${name}`).click();
    await expect(lesson.region.getByLabel(`Solution of ${name}`)).toContainText("export default");
    await lesson.button(`Use it in ${name}`).click();
    await lesson.button(`Hide the solution of ${name}`).click();
  }
  await lesson.button("Run cases").click();
  await lesson.expectDone(1);
  for (const step of [2, 3]) {
    await lesson.step(step).getByRole("button", { name: "Run cases" }).click();
    await lesson.expectDone(step);
  }
  await lesson.expectFigure(3, "c: timeout");
  await lesson.expectFigure(3, "b: timeout");
});

test("Health monitor: a made-up report does not count; a real one sees a service die under load", async ({
  page,
}) => {
  const lesson = new LessonPanel(page);
  const playground = await lesson.open("health-monitor");
  await lesson.button("Write the handler").click();
  await write(playground, 'export default () => ({ users: "up", orders: "up", mail: "up" });');
  await lesson.button("Run cases").click();
  await expect(lesson.step(1).getByRole("status")).toHaveText("1 of 5 as expected", { timeout: 20_000 });
  await expect(lesson.button("Run cases")).toBeEnabled({ timeout: 20_000 });
  await lesson.expectToDo(1);
  await expect(lesson.step(1)).toContainText("0 of 5");

  await lesson.button("Reveal the solution").click();
  await lesson.button("Use it in monitor").click();
  await lesson.button("Run cases").click();
  await expect(lesson.step(1).getByRole("status")).toHaveText("5 of 5 as expected", { timeout: 20_000 });
  await lesson.expectDone(1);

  await playground.startLoad(
    { Rate: "4", Duration: "60" },
    { "Load model": "fixed rate", Stop: "after seconds" },
  );
  await lesson.expectFigure(2, "1 of 2");
  await playground.responder("mail").getByRole("button", { name: "Kill" }).click();
  await lesson.expectDone(2);
  await lesson.expectFigure(2, "down");
  await playground.stopLoad();
});

/** Writes a handler in the editor and has it answer from now on. */
async function write({ page }: Playground, source: string): Promise<void> {
  await page.getByLabel("Handler source").fill(source);
  await page.getByRole("button", { name: "Apply" }).click();
}

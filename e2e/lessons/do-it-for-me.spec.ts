import { LESSONS } from "../../src/lessons/catalogue.ts";
import { expect, test } from "../fixtures/test.ts";
import { LessonPanel } from "../pages/LessonPanel.ts";

/** Lessons whose steps between them do every kind of thing, and take a few seconds each. */
const QUICK = [
  "sharing-the-load",
  "naming-subjects",
  "saying-no-clearly",
  "small-payloads",
  "asking-everyone",
  "finding-faults",
  "looking-back",
];

for (const { id, title, steps } of LESSONS.filter((entry) => QUICK.includes(entry.id))) {
  test(`“Do it for me” does every step of ${title}`, async ({ page }) => {
    test.slow();
    const lesson = new LessonPanel(page);
    await lesson.open(id);
    for (let step = 1; step <= steps; step++) {
      await lesson.button("Do it for me").click();
      await lesson.expectDone(step, 30_000);
      // The last actions of a step may still be under way when it ticks.
      if (step < steps) await expect(lesson.button("Do it for me")).toBeEnabled({ timeout: 15_000 });
    }
    await expect(lesson.region).toContainText("All steps are done.");
  });
}

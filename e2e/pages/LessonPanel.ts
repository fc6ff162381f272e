import { expect, type Locator, type Page } from "@playwright/test";
import { Playground } from "./Playground.ts";

/** The lesson beside the playground, in a learner's verbs. */
export class LessonPanel {
  readonly page: Page;
  readonly region: Locator;
  readonly steps: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole("region", { name: "Lesson", exact: true });
    this.steps = this.region.getByRole("list", { name: "Steps" }).locator("> li");
  }

  /** Opens a lesson by its address, loads its scenario, and waits until everything in it is connected. */
  async open(id: string): Promise<Playground> {
    const playground = new Playground(this.page);
    await playground.open(`./?lesson=${id}`);
    await this.button("Load scenario").click();
    await playground.everyoneConnected();
    return playground;
  }

  /** Counted from 1. */
  step(number: number): Locator {
    return this.steps.nth(number - 1);
  }

  button(name: string): Locator {
    return this.region.getByRole("button", { name });
  }

  async expectDone(number: number, timeout = 15_000): Promise<void> {
    await expect(this.mark(number, "Done"), `step ${number} ticks itself off`).toBeVisible({
      timeout,
    });
  }

  async expectToDo(number: number): Promise<void> {
    await expect(this.mark(number, "To do")).toBeVisible();
  }

  /** A figure that stays with a step. */
  async expectFigure(number: number, words: string | RegExp): Promise<void> {
    await expect(this.step(number)).toContainText(words);
  }

  /** Repeats what depends on chance, or on being quick enough, until the step is done. Each time may take so long, in ms. */
  async sendUntilDone(number: number, send: () => Promise<void>, timeout = 3000): Promise<void> {
    await expect(async () => {
      await send();
      await expect(this.mark(number, "Done")).toBeVisible({ timeout });
    }).toPass({ timeout: 20_000 + 5 * timeout });
  }

  private mark(number: number, state: string): Locator {
    return this.step(number).getByRole("img", { name: state, exact: true });
  }
}

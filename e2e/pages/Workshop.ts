import { expect, type Locator, type Page } from "@playwright/test";
import type { Playground } from "./Playground.ts";

/** The Handler tab in a person's verbs. */
export class Workshop {
  readonly playground: Playground;
  readonly page: Page;
  readonly source: Locator;
  /** What is underlined as wrong in it: the editor gives it no role. */
  readonly mistake: Locator;
  readonly log: Locator;

  constructor(playground: Playground) {
    this.playground = playground;
    this.page = playground.page;
    this.source = playground.results.getByLabel("Handler source");
    this.mistake = this.source.locator(".cm-lintRange-error");
    this.log = playground.results.getByRole("log");
  }

  async open(responder = "responder-1"): Promise<void> {
    await this.playground.responder(responder).getByRole("button", { name: "Edit handler" }).click();
    await expect(this.playground.results.getByLabel("Handler of")).toHaveValue(/\d+/);
    await expect(this.source).toBeVisible();
  }

  button(name: string): Locator {
    return this.playground.results.getByRole("button", { name, exact: true });
  }

  async write(source: string): Promise<void> {
    await this.source.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(source);
  }

  async apply(source: string): Promise<void> {
    await this.write(source);
    await this.playground.results.getByRole("button", { name: /^Apply/ }).click();
    await this.applied();
  }

  async applied(): Promise<void> {
    await expect(this.playground.results.getByText("applied", { exact: true })).toBeVisible();
  }
}

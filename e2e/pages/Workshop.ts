import { expect, type Locator, type Page } from "@playwright/test";
import type { NatsConnection } from "nats";
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

  /** The page, with the handler of its responder open. */
  static async opened(playground: Playground): Promise<Workshop> {
    await playground.open();
    const workshop = new Workshop(playground);
    await workshop.open();
    return workshop;
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

/** What the page answers to a program outside of it. */
export async function ask(nats: NatsConnection, payload = "{}", subject = "user.get"): Promise<unknown> {
  const { data } = await nats.request(subject, payload, { timeout: 5000 });
  const text = new TextDecoder().decode(data);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The source of a handler with this body. */
export const handler = (body: string): string =>
  `export default async function answer(request, context) {\n  ${body}\n}\n`;

import type { Page } from "@playwright/test";
import type { Playground } from "../../e2e/pages/Playground.ts";
import { oneOf, type Numbers } from "./plan.ts";
import type { SoakServer } from "./soakServer.ts";

/** What an action is done to, and the numbers that decide how. */
export interface ActionContext {
  readonly playground: Playground;
  readonly server: SoakServer;
  readonly numbers: Numbers;
}

export interface Action {
  /** Unique: with the seed it decides when the action is done. */
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  /** Gives what was done in words, or null where there was nothing to do it to. */
  do(context: ActionContext): Promise<string | null>;
}

/** A control that is there is pressed at once. In ms. */
export const PRESS_MS = 5000;

/** Presses a button of the page; false where there is none. */
export async function press(page: Page, button: string): Promise<boolean> {
  const found = page.getByRole("button", { name: button, exact: true, disabled: false }).first();
  if (!(await found.isVisible())) return false;
  await found.click({ timeout: PRESS_MS });
  return true;
}

/** The name of one of the responders or requesters that have this button. */
export async function chosenPeer(
  { playground }: ActionContext,
  kind: "responders" | "requesters",
  x: number,
  button = "Remove",
): Promise<string | undefined> {
  // Folded parts of a form are groups as well, without a name.
  const having = playground[kind]
    .getByRole("group")
    .filter({ has: playground.page.getByRole("button", { name: button, exact: true, disabled: false }) });
  const names = await having.evaluateAll((found) =>
    found.map((each) => each.getAttribute("aria-label") ?? ""),
  );
  return oneOf(names, x);
}

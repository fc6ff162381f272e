import { expect, type Locator, type Page } from "@playwright/test";

/** More tabs than the page has. */
const MOST_TABS = 250;

/** Moves the focus with Tab, as somebody without a pointer does, until it is there. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${MOST_TABS} presses of Tab do not lead to ${String(wanted)}`);
}

/** Comes to a button with Tab and presses it. */
export async function pressByKey(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

/** Comes to a field with Tab and writes into it in place of what is there. */
export async function writeByKey(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await expect(field).toHaveValue(text);
}

/** Opens a lesson from the menu in the header. */
export async function openLessonByKey(page: Page, title: string): Promise<void> {
  await pressByKey(page, page.getByRole("button", { name: "Lessons" }));
  const item = page.getByRole("menuitem", { name: new RegExp(`^${title.replaceAll("?", "\\?")}`) });
  await expect(item).toBeVisible();
  const items = await page.getByRole("menuitem").count();
  for (let pressed = 0; pressed <= items; pressed++) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

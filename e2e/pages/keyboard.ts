import { expect, type Locator, type Page } from "@playwright/test";

/** More tabs than the page has. */
const MOST_TABS = 250;

/** Moves the focus with Tab and Shift+Tab, as somebody without a pointer does, until it is there. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let pressed = 0; pressed < MOST_TABS;) {
    const stops = await stopsTo(wanted);
    if (stops === 0) return;
    // All but the last without looking: what can be focused is not quite what is counted.
    const times = Math.max(1, Math.abs(stops) - 1);
    for (let press = 0; press < times; press++) await page.keyboard.press(stops < 0 ? "Shift+Tab" : "Tab");
    pressed += times;
  }
  throw new Error(`${MOST_TABS} presses of Tab do not lead to ${String(wanted)}`);
}

/** About how many presses of Tab an element is away from what has the focus; negative for Shift+Tab. */
const stopsTo = (wanted: Locator): Promise<number> =>
  wanted.evaluate((element) => {
    const { activeElement } = document;
    if (element === activeElement) return 0;
    const found = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]",
    );
    const stops: Element[] = [...found].filter(
      (each) =>
        each.tabIndex >= 0 &&
        !each.matches(":disabled") &&
        each.checkVisibility({ visibilityProperty: true }),
    );
    const from = activeElement === null ? -1 : stops.indexOf(activeElement);
    return stops.indexOf(element) - from || 1;
  });

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
  // The menu moves the focus a moment after the key: where two are pressed before that, it moves once.
  await expect(async () => {
    if (!(await item.evaluate((element) => element === document.activeElement)))
      await page.keyboard.press("ArrowDown");
    await expect(item).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 20_000 });
  await page.keyboard.press("Enter");
}

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import type { Outcome } from "../src/domain/events/outcomes.ts";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import type { FirstAction } from "../src/gallery/entry.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

test.describe.configure({ mode: "parallel" });

type Counts = Partial<Record<Outcome | "late" | "duplicate", number>>;

/** What comes of the first action of each; of what is not named there is none. */
const EXPECTED: Readonly<Record<string, Counts>> = {
  "first-round-trip": { replied: 1 },
  "one-slow-of-three": { replied: 10 },
  "everybody-works": { replied: 1, duplicate: 2 },
  "two-groups": { replied: 1, duplicate: 1 },
  "ask-everyone": { replied: 1, late: 1 },
  "in-turn-or-together": { replied: 20 },
  "nobody-or-silence": { noResponders: 1, timedOut: 1 },
  "late-reply": { timedOut: 1, late: 1 },
  "ask-again": { replied: 1 },
  "paid-twice": { replied: 2, late: 2 },
  "circuit-breaker": { errorReply: 3, shortCircuited: 1 },
  "bad-day": { replied: 5, errorReply: 3, timedOut: 2 },
  gateway: { replied: 1 },
  "checked-requests": { replied: 1, errorReply: 2 },
  cache: { replied: 2 },
};

test("every scenario of the gallery is expected to do something", () => {
  expect(Object.keys(EXPECTED)).toEqual(ENTRIES.map(({ id }) => id));
});

/** Some to a page, so that they can be tried side by side. */
const AT_A_TIME = 5;
for (let at = 0; at < ENTRIES.length; at += AT_A_TIME) {
  const entries = ENTRIES.slice(at, at + AT_A_TIME);
  test(`opens, connects and does what it should: ${entries.map(({ id }) => id).join(", ")}`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    for (const { id, title, first, scenario } of entries) {
      await openFromGallery(page, title);
      await expect(page.getByRole("region", { name: "Scenario" })).toContainText(scenario.note ?? "–");
      for (const { name } of scenario.setup.responders)
        await expect(playground.responder(name)).toBeVisible();
      await playground.everyoneConnected();
      const before = (await playground.exportResults()).counts;
      let started = before.started;
      for (const action of first) started = await runFirstAction(playground, action, started);
      // A late reply comes after everything is settled.
      const expected = { ...NONE, ...EXPECTED[id] };
      await expect
        .poll(
          async () => {
            const { counts } = await playground.exportResults();
            return Object.fromEntries(
              Object.keys(NONE).map((key) => [
                key,
                counts[key as keyof Counts] - before[key as keyof Counts],
              ]), // both have every key of NONE
            );
          },
          { message: id },
        )
        .toEqual(expected);
    }
  });
}

const NONE: Required<Counts> = {
  replied: 0,
  errorReply: 0,
  timedOut: 0,
  noResponders: 0,
  connectionLost: 0,
  refused: 0,
  shortCircuited: 0,
  cancelled: 0,
  fellBack: 0,
  late: 0,
  duplicate: 0,
};

/** Gives how many calls have been started when all of them have ended. */
async function runFirstAction(
  playground: Playground,
  { from, count, times = 1 }: FirstAction,
  started: number,
): Promise<number> {
  for (let time = 1; time <= times; time++) {
    await playground.send(count, from);
    await playground.settled(started + time * count);
  }
  return started + times * count;
}

async function openFromGallery(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Gallery" }).click();
  const gallery = page.getByRole("dialog", { name: "Gallery" });
  await gallery.getByRole("button", { name: title, exact: true }).click();
  await expect(gallery).toBeHidden();
}

test("is used by keyboard alone, and what was there comes back", async ({ playground, page }) => {
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("user.mine");
  await page.getByRole("button", { name: "Gallery" }).focus();
  await page.keyboard.press("Enter");
  const gallery = page.getByRole("dialog", { name: "Gallery" });
  const third = gallery.getByRole("button", { name: ENTRIES[2]?.title ?? "", exact: true });
  await expect(third).toHaveAccessibleDescription(ENTRIES[2]?.teaches ?? "");
  for (let presses = 0; !(await isFocused(third)); presses++) {
    expect(presses).toBeLessThan(8);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(gallery).toBeHidden();
  await expect(playground.responder("responder-3")).toBeVisible();
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await expect(playground.responder("responder-3")).toBeHidden();
  await expect(playground.requester("client-1").getByLabel("Subject")).toHaveValue("user.mine");
  await expect(page.getByRole("region", { name: "Scenario" })).toBeHidden();

  await page.getByRole("button", { name: "Gallery" }).click();
  await page.keyboard.press("Escape");
  await expect(gallery).toBeHidden();
  await expect(page.getByRole("button", { name: "Gallery" })).toBeFocused();
});

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

for (const colorScheme of ["light", "dark"] as const) {
  test(`shows the pictures for ${colorScheme}, and no serious finding`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme });
    await playground.open();
    await page.getByRole("button", { name: "Gallery" }).click();
    const gallery = page.getByRole("dialog", { name: "Gallery" });
    for (const { title } of ENTRIES) {
      const shown = gallery.getByRole("button", { name: title, exact: true }).locator("img:visible");
      await expect(shown).toHaveCount(1);
      await shown.scrollIntoViewIfNeeded();
      await expect(shown).toHaveAttribute("src", new RegExp(`-${colorScheme}\\.webp$`));
      await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  });
}

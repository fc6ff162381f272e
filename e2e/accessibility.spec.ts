import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures/test.ts";

for (const theme of ["light", "dark"] as const) {
  test(`no serious finding in ${theme}: empty, busy, and with each tab open`, async ({
    playground,
    page,
  }) => {
    // Every tab is looked at whole, more than once.
    test.slow();
    await page.emulateMedia({ colorScheme: theme });
    await playground.open();
    await expectNoSeriousFinding();
    await playground.addResponders(2);
    await playground.send(50);
    await playground.settled(50);
    await playground.inspect("responder-2");
    for (const tab of ["Latency", "Load distribution", "Messages", "Wire"]) {
      await playground.results.getByRole("tab", { name: tab }).click();
      await expectNoSeriousFinding();
    }
    await playground.results.getByRole("grid").getByRole("row").nth(1).click();
    await expectNoSeriousFinding();
    await page.getByRole("button", { name: "Step back" }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
    await expectNoSeriousFinding();
    await page.getByRole("button", { name: "Live", exact: true }).click();
    await playground.results.getByRole("tab", { name: "Code" }).click();
    await expect(playground.results.getByRole("group", { name: /^The program/ })).toBeVisible();
    await expectNoSeriousFinding();
    await playground.requester("client-1").getByLabel("Subject").fill("user.gte");
    await playground.send();
    await playground.settled(51);
    await playground.results.getByRole("tab", { name: "Messages" }).click();
    await playground.results.getByRole("row").getByText("user.gte").first().click();
    await expect(playground.inspector.getByRole("region", { name: "Why did that fail?" })).toBeVisible();
    await expectNoSeriousFinding();
    await playground.requester("client-1").getByLabel("Subject").fill("user.get");
    await page.keyboard.press("Escape");
    for (const menu of ["Theme", "Save picture of the diagram"]) {
      await page.getByRole("button", { name: menu }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectNoSeriousFinding();
      await page.keyboard.press("Escape");
    }
    for (const dialog of ["Share", "Setups"]) {
      await page.getByRole("button", { name: dialog, exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectNoSeriousFinding();
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Lessons" }).click();
    await expectNoSeriousFinding();
    await page.getByRole("menuitem", { name: /Saying no clearly/ }).click();
    const lesson = page.getByRole("region", { name: "Lesson", exact: true });
    await lesson.getByRole("button", { name: "Do it for me" }).click();
    await expect(lesson.getByRole("img", { name: "Done" }).first()).toBeVisible({ timeout: 15_000 });
    await expectNoSeriousFinding();

    async function expectNoSeriousFinding(): Promise<void> {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
      ).toEqual([]);
    }
  });
}

import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

const pauseButton = (page: Page): Locator => page.getByRole("button", { name: "Pause", exact: true });
const resumeButton = (page: Page): Locator => page.getByRole("button", { name: "Resume", exact: true });

test("Space plays and pauses wherever a click has left the focus, and presses what the keyboard has come to", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  // A button, a menu's button, a check box, a tab, a slider: all of them clicked.
  await page.getByRole("button", { name: "Add responder" }).click();
  await page.keyboard.press("Space");
  await expect(resumeButton(page)).toBeVisible();
  await expect(playground.responders.getByRole("group")).toHaveCount(2);
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Edit all" }).click();
  await playground.inspector.getByRole("checkbox", { name: "responder-2" }).click();
  await page.keyboard.press("Space");
  await expect(pauseButton(page)).toBeVisible();
  await expect(playground.inspector.getByRole("checkbox", { name: "responder-2" })).not.toBeChecked();
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await page.keyboard.press("Space");
  await expect(resumeButton(page)).toBeVisible();
  await resumeButton(page).click();
  await expect(pauseButton(page)).toBeVisible();
  await page.keyboard.press("Space");
  await expect(resumeButton(page)).toBeVisible();
  await page.keyboard.press("Space");
  await expect(pauseButton(page)).toBeVisible();

  // Come to with the keyboard: the button is pressed.
  await page.getByRole("button", { name: "Edit all" }).click();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Add responder" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(playground.responders.getByRole("group")).toHaveCount(3);
  await expect(pauseButton(page)).toBeVisible();

  // Typed.
  const payload = playground.requester("client-1").getByLabel("Payload", { exact: true });
  await payload.fill("{}");
  await payload.press("End");
  await page.keyboard.press("Space");
  await expect(payload).toHaveValue("{} ");
  await expect(pauseButton(page)).toBeVisible();
});

/** Presses a key as a layout of another script does. */
async function pressForeign(cdp: CDPSession, key: string, code: string, modifiers = 0): Promise<void> {
  const windowsVirtualKeyCode = code.charCodeAt(3);
  const text = modifiers === 2 ? {} : { text: key };
  await cdp.send("Input.dispatchKeyEvent", {
    type: "keyDown",
    key,
    code,
    modifiers,
    windowsVirtualKeyCode,
    ...text,
  });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key, code, modifiers, windowsVirtualKeyCode });
}

test("shortcuts work on Cyrillic and Greek layouts", async ({ playground, page }) => {
  await playground.open();
  const cdp = await page.context().newCDPSession(page);
  await pressForeign(cdp, "ы", "KeyS");
  expect((await playground.settled(1)).counts.replied).toBe(1);
  await pressForeign(cdp, "ρ", "KeyR");
  await expect(playground.responders.getByRole("group")).toHaveCount(2);
  await playground.responders.getByRole("heading").click();
  await pressForeign(cdp, "я", "KeyZ", 2);
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
  await playground.everyoneConnected();
  await pressForeign(cdp, "Σ", "KeyS", 8);
  expect((await playground.settled(11)).counts.replied).toBe(11);
});

/** Types with an input method: what is put together so far is in the field, and not written yet. */
async function compose(cdp: CDPSession, text: string): Promise<void> {
  await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
}

async function pressInMethod(cdp: CDPSession, key: string): Promise<void> {
  const event = { key, code: key, windowsVirtualKeyCode: 229 };
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
}

test("Enter and Escape of an input method neither commit nor close", async ({ playground, page }) => {
  await playground.open();
  const cdp = await page.context().newCDPSession(page);

  // Enter in a field that is given when it is pressed.
  await playground.inspect("responder-1");
  const name = playground.inspector.getByLabel("Name");
  await name.fill("");
  await compose(cdp, "すし");
  await expect(name).toHaveValue("すし");
  await pressInMethod(cdp, "Enter");
  await cdp.send("Input.insertText", { text: "寿司" });
  await expect(name).toHaveValue("寿司");
  await expect(playground.responder("responder-1")).toBeVisible();
  await name.press("Enter");
  await expect(playground.responder("寿司")).toBeVisible();

  // Escape in a dialog, and Enter in its form.
  await page.getByRole("button", { name: "Setups" }).click();
  const dialog = page.getByRole("dialog", { name: "Setups" });
  const keep = dialog.getByLabel("Keep this setup as");
  await keep.focus();
  await compose(cdp, "にほん");
  await pressInMethod(cdp, "Escape");
  await expect(dialog).toBeVisible();
  await pressInMethod(cdp, "Enter");
  await cdp.send("Input.insertText", { text: "日本" });
  await expect(keep).toHaveValue("日本");
  await expect(dialog.getByRole("button", { name: "Open 日本" })).toHaveCount(0);
  await keep.press("Enter");
  await expect(dialog.getByRole("button", { name: "Open 日本" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("no handler of the page hears of a key that an input method takes", async ({ page }) => {
  const playground = new Playground(page);
  await playground.open();
  await playground.inspect("responder-1");
  const press = (key: string, composing: boolean, keyCode: number): Promise<void> =>
    page.evaluate(
      ([pressed, isComposing, code]) => {
        const event = new KeyboardEvent("keydown", {
          key: pressed,
          code: pressed,
          isComposing,
          bubbles: true,
        });
        Object.defineProperty(event, "keyCode", { value: code });
        document.body.dispatchEvent(event);
      },
      [key, composing, keyCode] as const,
    );
  await press("Escape", true, 27);
  await press("Escape", false, 229);
  await expect(playground.inspector.getByLabel("Name")).toBeVisible();
  await press("Escape", false, 27);
  await expect(playground.inspector.getByLabel("Name")).toHaveCount(0);
});

import { expect, test } from "./fixtures/test.ts";

test("every change of the setup is undone and made again, by keys and by buttons", async ({
  page,
  playground,
}) => {
  await playground.open();
  const undo = page.getByRole("button", { name: "Undo", exact: true }).first();
  await expect(undo).toHaveAttribute("aria-disabled", "true");

  // An edit, letter by letter, is one step; another field is another.
  await playground.inspect("responder-1");
  const group = playground.inspector.getByLabel("Queue group");
  await group.press("ControlOrMeta+a");
  await group.pressSequentially("people");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption({ label: "fixed" });
  await expect(playground.responder("responder-1")).toContainText("queue people");
  await playground.inspector.getByLabel("Delay", { exact: true }).press("ControlOrMeta+z");
  await expect(playground.inspector.getByLabel("Delay", { exact: true })).toHaveValue("none");
  await expect(page.getByText("Undone: Delay of responder-1.")).toBeVisible();
  await expect(playground.responder("responder-1")).toContainText("queue people");
  await playground.inspector.getByLabel("Delay", { exact: true }).press("ControlOrMeta+z");
  await expect(group).toHaveValue("users");
  await playground.inspector.getByLabel("Delay", { exact: true }).press("ControlOrMeta+Shift+z");
  await expect(group).toHaveValue("people");
  await undo.click();
  await expect(group).toHaveValue("users");

  // In a field that is typed in, the keys are the field's.
  const subject = playground.inspector.getByLabel("Subject");
  await subject.press("End");
  await subject.pressSequentially("x");
  await expect(playground.responder("responder-1")).toContainText("user.getx");
  await subject.press("ControlOrMeta+z");
  await expect(subject).toHaveValue("user.get");
  await expect(page.getByText(/Undone: Subject/)).toHaveCount(0);

  // A removal: by the keys it comes back where it was, with what was planned for it, and works.
  await playground.requester("client-1").getByRole("button", { name: "Remove" }).click();
  await expect(playground.requester("client-1")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await playground.everyoneConnected();
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);

  // Everything at once.
  await playground.addResponders(3);
  await expect(playground.responders.getByRole("group")).toHaveCount(4);
  await undo.click();
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
  await page.getByRole("button", { name: "Redo", exact: true }).first().click();
  await expect(playground.responders.getByRole("group")).toHaveCount(4);
  await page.getByRole("button", { name: "Reset everything" }).click();
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
  // The notice takes the same step back, so that the next undo is of the one before.
  await page
    .getByRole("group", { name: "Notice" })
    .filter({ hasText: "back to one requester" })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(playground.responders.getByRole("group")).toHaveCount(4);
  await undo.click();
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
});

test("peers that a step does not touch go on with what they do", async ({ playground, page }) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption({ label: "fixed" });
  await playground.inspector.getByLabel("Delay in ms").fill("1500");
  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await playground.inspector.getByLabel("Subject").fill("order.get");
  await playground.everyoneConnected();
  await playground.send();
  await expect(playground.responder("responder-1")).toContainText("busy with 1");
  await playground.responder("responder-2").getByRole("button", { name: "Remove" }).click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.responder("responder-2")).toContainText("order.get");
  expect((await playground.settled(1)).counts.replied).toBe(1);
});

test("several responders are edited at once, and all of that is one step", async ({ playground, page }) => {
  await playground.open();
  await playground.addResponders(2);
  await playground.inspect("responder-2");
  await playground.inspector.getByLabel("Queue group").fill("others");
  await playground.responders.getByRole("button", { name: "Edit all" }).click();
  const { inspector } = playground;
  await expect(inspector.getByRole("group", { name: "Responders" }).getByRole("checkbox")).toHaveCount(3);
  await expect(inspector.getByLabel("Queue group")).toHaveAttribute("placeholder", "different groups");
  await inspector.getByRole("checkbox", { name: "responder-3" }).uncheck();
  await inspector.getByLabel("Queue group").fill("both");
  await inspector.getByLabel("Handler", { exact: true }).selectOption({ label: "Echo" });
  await inspector.getByLabel("Delay", { exact: true }).selectOption({ label: "fixed" });
  await inspector.getByLabel("Subject").fill("echo.all");
  for (const name of ["responder-1", "responder-2"]) {
    await expect(playground.responder(name)).toContainText("echo.all");
    await expect(playground.responder(name)).toContainText("queue both");
  }
  await expect(playground.responder("responder-3")).toContainText("user.get");
  await playground.requester("client-1").getByLabel("Subject").fill("echo.all");
  await playground.send(4);
  const { responders } = await playground.settled(4);
  expect(responders.slice(0, 2).reduce((sum, { received }) => sum + received, 0)).toBe(4);

  // Chosen in the list, one beside another.
  await playground.responder("responder-1").getByRole("button", { name: "responder-1" }).click();
  await playground
    .responder("responder-3")
    .getByRole("button", { name: "responder-3" })
    .click({ modifiers: ["ControlOrMeta"] });
  await expect(inspector.getByRole("checkbox", { name: "responder-1" })).toBeChecked();
  await expect(inspector.getByRole("checkbox", { name: "responder-2" })).not.toBeChecked();
  await expect(inspector.getByRole("checkbox", { name: "responder-3" })).toBeChecked();
  await inspector.getByRole("button", { name: "No queue group for all of them" }).click();
  await expect(playground.responder("responder-1")).not.toContainText("queue");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.responder("responder-1")).toContainText("queue both");
  await expect(playground.responder("responder-3")).toContainText("queue users");
});

test("a request is sent again as it was, or edited in the form first", async ({ playground, page }) => {
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.locator("summary", { hasText: "Name, inbox, headers" }).click();
  await requester.getByLabel("Headers", { exact: true }).fill("Trace-Id: 42");
  await playground.send();
  await playground.settled(1);
  await requester.getByLabel("Subject").fill("user.gone");
  await requester.getByLabel("Headers", { exact: true }).fill("");
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("grid").getByText("user.get").first().click();
  await playground.inspector.getByRole("button", { name: "Send again" }).click();
  expect((await playground.settled(2)).counts.replied).toBe(2);
  // The form was left alone.
  await expect(requester.getByLabel("Subject")).toHaveValue("user.gone");

  await playground.inspector.getByRole("button", { name: "Edit and send" }).click();
  const payload = requester.getByLabel("Payload", { exact: true });
  await expect(payload).toBeFocused();
  await expect(payload).toHaveValue('{ "user_id": 1 }');
  await expect(requester.getByLabel("Subject")).toHaveValue("user.get");
  await expect(requester.getByLabel("Headers", { exact: true })).toHaveValue("Trace-Id: 42");
  await payload.fill('{ "user_id": 8 }');
  await playground.send();
  expect((await playground.settled(3)).counts.replied).toBe(3);
  await expect(requester.getByRole("group", { name: "Last reply" })).toContainText("User 8");
  // Opening it in the form was a change of the setup too.
  await playground.responders.getByRole("heading").click();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(requester.getByLabel("Subject")).toHaveValue("user.gone");
});

test("a title and a note are written in Share, and shown to whoever opens the link", async ({
  playground,
  page,
}) => {
  await playground.open();
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this setup" });
  await dialog.getByLabel("Title").fill("One round trip");
  await dialog.getByLabel("Note").fill("Press Send.\nThen look <b>here</b>.");
  await expect(dialog.getByLabel("Link")).toHaveValue(/#s=/);
  const link = await dialog.getByLabel("Link").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  const note = page.getByRole("region", { name: "Scenario" });
  // Who wrote it need not read it, and finds it again.
  await expect(note).toHaveCount(0);
  await page.getByRole("button", { name: "Share" }).click();
  await expect(dialog.getByLabel("Note")).toHaveValue("Press Send.\nThen look <b>here</b>.");
  await dialog.getByLabel("Note").fill("x".repeat(401));
  await expect(dialog.getByRole("alert")).toContainText("at most 400");
  await page.keyboard.press("Escape");

  await page.goto("about:blank");
  await page.goto(link);
  await expect(note.getByRole("heading", { name: "One round trip" })).toBeVisible();
  await expect(note).toContainText("Then look <b>here</b>.");
  await note.getByRole("button", { name: "Dismiss the note" }).click();
  await expect(note).toHaveCount(0);
});

test("a lesson’s scenario and one of the gallery are undone and put up again with all that goes with them", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.addResponders(1);
  await playground.open("./?lesson=sharing-the-load");
  const lesson = page.getByRole("region", { name: "Lesson", exact: true });
  await lesson.getByRole("button", { name: "Load scenario" }).click();
  await expect(playground.responder("responder-3")).toBeVisible();
  const back = lesson.getByRole("button", { name: "Back to my own setup" });
  await expect(back).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.responders.getByRole("group")).toHaveCount(2);
  await expect(back).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(playground.responder("responder-3")).toBeVisible();
  await expect(back).toBeVisible();
  await back.click();
  await expect(playground.responders.getByRole("group")).toHaveCount(2);

  await page.getByRole("button", { name: "Gallery" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /One of three is slow/ })
    .click();
  await expect(playground.responders.getByRole("group")).toHaveCount(3);
  await expect(lesson).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.responders.getByRole("group")).toHaveCount(2);
  await expect(lesson).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(playground.responders.getByRole("group")).toHaveCount(3);
  await expect(lesson).toHaveCount(0);
});

import type { Locator } from "@playwright/test";
import { LANGUAGES, LANGUAGE_WORDS, type Language } from "../src/programs/program.ts";
import { runProgram, type RunningProgram } from "../tools/programs/runProgram.ts";
import { findTool } from "../tools/programs/toolbox.ts";
import { isEmbedded } from "./fixtures/serverKind.ts";
import { withOtherServer } from "./fixtures/otherServer.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** The region of a program in the Code tab. */
async function openProgram(playground: Playground, language: Language, of: string): Promise<Locator> {
  await playground.results.getByRole("tab", { name: "Code" }).click();
  await playground.results.getByLabel("Program of").selectOption({ label: of });
  await playground.results.getByRole("button", { name: LANGUAGE_WORDS[language], exact: true }).click();
  return playground.results.getByRole("group", { name: /^The program, / });
}

interface Shown {
  readonly fileName: string;
  readonly text: string;
}

async function shown(program: Locator): Promise<Shown> {
  const label = (await program.getAttribute("aria-label")) ?? "";
  return { fileName: label.replace("The program, ", ""), text: (await program.textContent()) ?? "" };
}

/** A page on the server in the browser names the usual address of a server of one's own: the test gives its own in place of it. */
function reaching({ fileName, text }: Shown, tcpUrl: string): Shown {
  return { fileName, text: isEmbedded() ? text.replaceAll("nats://127.0.0.1:4222", tcpUrl) : text };
}

for (const language of LANGUAGES) {
  test.describe(LANGUAGE_WORDS[language], () => {
    let command: string;
    // What a language needs may have to be fetched once.
    test.beforeAll(async () => {
      test.setTimeout(10 * 60_000);
      const tool = await findTool(language);
      if (!tool.found)
        console.warn(`SKIPPED: programs in ${LANGUAGE_WORDS[language]} are not run: ${tool.why}`);
      test.skip(!tool.found, tool.found ? "" : tool.why);
      if (tool.found) command = tool.command;
    });

    test("a requester’s program asks the responders of the page", async ({ playground, tcpUrl }) => {
      await playground.open();
      const requester = playground.requester("client-1");
      await requester
        .getByLabel("Payload", { exact: true })
        .fill('{ "user_id": {{n}}, "why": "it\'s \\"$HOME\\" {{x}} ü" }');
      const program = await shown(await openProgram(playground, language, "client-1"));
      const running = await runProgram(language, command, reaching(program, tcpUrl));
      try {
        expect(await running.ended, running.output()).toBe(0);
        expect(running.output()).toContain('"name":"User 1"');
        await playground.results.getByRole("tab", { name: "Messages" }).click();
        await playground.results.getByRole("row").getByText("user.get").first().click();
        await expect(playground.inspector).toContainText("outside");
        await expect(playground.inspector.getByText("it's")).toContainText('it\'s \\"$HOME\\" {{x}} ü');
        expect((await playground.exportResults()).responders[0]).toMatchObject({ received: 1, replied: 1 });
      } finally {
        await running.stop();
      }
    });

    test("a responder’s program answers the requesters of the page", async ({ playground, tcpUrl }) => {
      await playground.open();
      await playground.inspect("responder-1");
      await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("user-validating");
      const program = await shown(await openProgram(playground, language, "responder-1"));
      await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
      const running = await runProgram(language, command, reaching(program, tcpUrl));
      try {
        await isListening(playground, running);
        const payload = playground.requester("client-1").getByLabel("Payload", { exact: true });
        await payload.fill('{ "user_id": 42 }');
        await playground.send();
        await expect.poll(async () => (await playground.exportResults()).counts.replied).toBe(1);
        await payload.fill('{ "user_id": -5 }');
        await playground.send();
        await expect.poll(async () => (await playground.exportResults()).counts.errorReply).toBe(1);
        await playground.results.getByRole("tab", { name: "Messages" }).click();
        await playground.results.getByRole("row").getByText("error reply").first().click();
        await expect(playground.inspector).toContainText("must be positive integer");
        await expect(playground.inspector).toContainText("outside");
      } finally {
        await running.stop();
      }
    });
  });
}

/** Waits until the server lists the program's subscription, as the page shows it. */
async function isListening({ diagram, inspector, page }: Playground, running: RunningProgram): Promise<void> {
  await page.keyboard.press("Escape");
  await diagram
    .getByRole("button", { name: /nats-server/ })
    .first()
    .click();
  await expect(inspector.getByText("users"), running.output()).toBeVisible({ timeout: 20_000 });
}

test("a handler of one’s own is in the TypeScript as it is; other languages say where they stand in", async ({
  playground,
}) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("cache");
  await expect(await openProgram(playground, "typescript", "responder-1")).toContainText(
    'await ask("db.query"',
  );
  await expect(await openProgram(playground, "python", "responder-1")).toContainText("stand_in_for");
  await expect(playground.results).toContainText("Stands in for the handler of responder-1");
});

test("copying puts the whole program on the clipboard", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open();
  const { text } = await shown(await openProgram(playground, "go", "client-1"));
  await playground.results.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(playground.results.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await playground.page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

test("credentials are never in a program: it takes them from its environment", async ({
  playground,
  app,
}) => {
  const more = 'authorization { user: "anna", password: "s3cret" }';
  await withOtherServer(app, more, async ({ webSocketUrl }) => {
    const { page, status } = playground;
    await page.goto("./");
    await expect(status).toContainText("Connected");
    await page.getByRole("button", { name: /^Server: / }).click();
    const dialog = page.getByRole("dialog", { name: "Connect to a server" });
    await dialog.getByLabel("Server address").fill(webSocketUrl);
    await dialog.getByLabel("The server asks for").selectOption({ label: "User and password" });
    await dialog.getByLabel("User").fill("anna");
    await dialog.getByLabel("Password").fill("s3cret");
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(status).toContainText("Connected");
    for (const language of LANGUAGES) {
      for (const name of ["client-1", "responder-1"]) {
        const program = await openProgram(playground, language, name);
        await expect(program).toContainText("NATS_PASSWORD");
        await expect(program).not.toContainText("s3cret");
      }
    }
  });
});

import type { Page } from "@playwright/test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Scenario } from "../src/domain/setup/scenario.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import type { ResponderSetup } from "../src/domain/setup/setup.ts";
import { ENTRIES } from "../src/gallery/catalogue.ts";
import { LESSONS } from "../src/lessons/catalogue.ts";
import { serverKind } from "./fixtures/serverKind.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** What a link brings is what was given, and what should not come stays out. */

const fragmentOf = (document: unknown): string =>
  `#s=${deflateRawSync(JSON.stringify(document)).toString("base64url")}`;
const documentIn = (link: string): unknown =>
  JSON.parse(inflateRawSync(Buffer.from(new URL(link).hash.slice(3), "base64url")).toString());

test.describe.configure({ mode: "parallel" });

/** As a person pastes it into the address of the open page. */
const paste = (page: Page, hash: string): Promise<unknown> =>
  page.evaluate((text) => (location.hash = text), hash);

async function sharedLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this setup" });
  await expect(dialog.getByLabel("Link")).toHaveValue(/#s=[A-Za-z0-9_-]+$/);
  const link = await dialog.getByLabel("Link").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return link;
}

/** Link → page → link. Gives the latter. */
async function expectUnchanged(playground: Playground, scenario: Scenario): Promise<string> {
  const { page } = playground;
  const [first] = scenario.setup.responders;
  await paste(page, fragmentOf(scenarioDocument(scenario)));
  if (first) await expect(playground.responder(first.name)).toContainText("connected");
  const link = await sharedLink(page);
  // A page that did not come with a server says which one it is on.
  const server = serverKind() === "static" || serverKind() === "offline" ? { server: "in-tab" } : {};
  expect(documentIn(link)).toEqual(scenarioDocument({ ...scenario, ...server }));
  return link;
}

/** Some to a test, so that they go side by side. */
const AT_A_TIME = 5;
for (let at = 0; at < ENTRIES.length; at += AT_A_TIME) {
  const entries = ENTRIES.slice(at, at + AT_A_TIME);
  test(`links bring these unchanged, and on again: ${entries.map(({ id }) => id).join(", ")}`, async ({
    playground,
  }) => {
    test.slow();
    await playground.open();
    for (const { scenario } of entries) await expectUnchanged(playground, scenario);
  });
}

test("lessons go along with a link, each with its own setup", async ({ playground }) => {
  test.slow();
  await playground.open();
  for (const { id, load } of LESSONS) {
    const { lesson } = await load();
    // The code of an exercise is there in a built page only; a unit test has those.
    if (lesson.handlers !== undefined) continue;
    await expectUnchanged(playground, { lesson: id, setup: lesson.scenario });
  }
});

test("50 responders of all kinds go through a link unchanged, and all of them come up", async ({
  playground,
  page,
}) => {
  test.slow();
  const responders = Array.from({ length: 50 }, (_, at): ResponderSetup => ({
    name: `responder-${at + 1}`,
    subject: ["user.get", "order.*", "audit.>"][at % 3] ?? "",
    queue: at % 4 === 0 ? null : `group-${at % 4}`,
    handler: { kind: "builtin", id: ["echo", "user-lookup"][at % 2] ?? "" },
    delay: at % 5 === 0 ? { kind: "normal", meanMs: at, deviationMs: 2 } : { kind: "fixed", ms: at },
    handling: at % 2 === 0 ? "concurrent" : "oneAtATime",
    errorShare: at / 100,
    dropShare: 0,
  }));
  // So much that is like nothing else in it makes a link too long for chats.
  const template = Array.from({ length: 500 }, (_, at) => Math.imul(at + 1, 2_654_435_761).toString(36)).join(
    " ",
  );
  const requesters = ENTRIES.flatMap(({ scenario }) => scenario.setup.requesters)
    .slice(0, 1)
    .map((each) => ({ ...each, payload: { format: "text" as const, template } }));
  await playground.open();
  const link = await expectUnchanged(playground, { setup: { seed: 50, responders, requesters } });
  // And on again, in a page that is opened with it.
  await page.goto("about:blank");
  await page.goto(link);
  expect(await sharedLink(page)).toBe(link);
  await playground.everyoneConnected();
  await expect(playground.responders.getByRole("group").getByText("connected")).toHaveCount(50);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("dialog")).toContainText("send the file instead");
  await page.getByRole("dialog").getByRole("button", { name: /file/i }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.json$/);
});

const EMPTY = { seed: 1, responders: [], requesters: [] };
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ["a newer version", fragmentOf({ roundtrip: 99, setup: EMPTY }), /newer Roundtrip.*version is 99/],
  ["a link cut short", fragmentOf(scenarioDocument({ setup: EMPTY })).slice(0, -9), /missing or was changed/],
  [
    "a password in a server’s address",
    fragmentOf({ ...scenarioDocument({ setup: EMPTY }), server: "wss://me:secret@example.com" }),
    /no user and no password/,
  ],
  [
    "what unfolds without end",
    `#s=${deflateRawSync(Buffer.alloc(60_000_000)).toString("base64url")}`,
    /unfold/,
  ],
];
for (const [what, hash, words] of REFUSED) {
  test(`${what} is refused in words, and changes nothing`, async ({ playground, page }) => {
    await playground.open();
    await playground.requester("client-1").getByLabel("Subject").fill("user.mine");
    await paste(page, hash);
    const notice = page.getByText(/The link could not be opened.*Nothing was changed/);
    await expect(notice).toContainText(words);
    expect(await notice.textContent()).not.toContain("secret");
    // What could not be read stays to be looked at.
    expect(new URL(page.url()).hash).toBe(hash);
    await expect(playground.requester("client-1").getByLabel("Subject")).toHaveValue("user.mine");
    await expect(playground.responder("responder-1")).toContainText("connected");
  });
}

test("code in a link is read and agreed to before it runs", async ({ playground, page, nats }) => {
  const [plain] = ENTRIES.flatMap(({ scenario }) => scenario.setup.responders);
  if (!plain) throw new Error("the gallery is empty");
  const source = `globalThis.ran = true; export default () => "from a link";`;
  const handler = { kind: "code" as const, title: "A gift <b>for</b> you", source };
  await playground.open();
  await paste(
    page,
    fragmentOf(
      scenarioDocument({
        title: "<img src=x onerror=alert(1)>",
        note: "Press it. <script>alert(1)</script>",
        setup: { ...EMPTY, responders: [{ ...plain, name: "stranger", subject: "gift", handler }] },
      }),
    ),
  );
  const stranger = playground.responder("stranger");
  await expect(stranger).toContainText("code not reviewed");
  await expect(page.getByRole("region", { name: "Scenario" })).toContainText("<script>alert(1)</script>");
  expect(page.frames()).toHaveLength(1);
  await expect(nats.request("gift", "", { timeout: 5000 })).rejects.toThrow("503");
  await stranger.getByRole("button", { name: "Review and run" }).click();
  await page.getByRole("button", { name: "Agree and run" }).click();
  await expect(stranger).toContainText("connected");
  const reply = await nats.request("gift", "", { timeout: 5000 });
  expect(reply.string()).toBe("from a link");
});

test("a file is opened by a drop, and one that is no setup changes nothing", async ({ playground, page }) => {
  await playground.open();
  const drop = async (...files: { readonly name: string; readonly text: string }[]): Promise<void> => {
    const data = await page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, text } of given) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await page.dispatchEvent("body", "dragover", { dataTransfer: data });
    await expect(page.getByText("Drop the file to open its setup")).toBeVisible();
    await page.dispatchEvent("body", "drop", { dataTransfer: data });
    await expect(page.getByText("Drop the file to open its setup")).toBeHidden();
  };
  await drop({ name: "holiday.jpg", text: "ÿØÿà" });
  await expect(
    page.getByText(/“holiday.jpg” could not be opened. It is not JSON\. (?:Line|Column) .*Nothing/),
  ).toBeVisible();
  await drop({ name: "a.json", text: "{}" }, { name: "b.json", text: "{}" });
  await expect(page.getByText(/Drop one file/)).toBeVisible();
  await expect(playground.responder("responder-1")).toContainText("connected");

  const setup = ENTRIES.find(({ id }) => id === "two-groups")?.scenario.setup;
  if (!setup) throw new Error("the gallery has no two-groups");
  await drop({ name: "groups.json", text: JSON.stringify(scenarioDocument({ setup })) });
  await expect(playground.responder("shipping-2")).toContainText("connected");
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await expect(playground.responder("responder-1")).toContainText("connected");
});

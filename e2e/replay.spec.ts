import type { Page } from "@playwright/test";
import { PLAIN_POLICY, PLAIN_RETRY } from "../src/domain/setup/policies.ts";
import { DEFAULT_REQUESTER, DEFAULT_RESPONDER } from "../src/domain/setup/defaultSetup.ts";
import type { Setup } from "../src/domain/setup/setup.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** What every part of the page says of the instant that is shown. */
interface Standing {
  readonly told: string;
  readonly transcript: string;
  readonly wire: string | null;
  readonly drawn: string;
  readonly outcome: string;
  readonly requester: string;
  readonly at: string;
}

const playback = (page: Page) => page.getByRole("region", { name: "Playback" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const RETRY = { ...PLAIN_RETRY, attempts: 2, backoff: "fixed", firstDelayMs: 50 } as const;

const SETUP: Setup = {
  seed: 1,
  responders: [{ ...DEFAULT_RESPONDER, queue: null, handler: { kind: "builtin", id: "echo" } }],
  requesters: [{ ...DEFAULT_REQUESTER, timeoutMs: 1000, policy: { ...PLAIN_POLICY, retry: RETRY } }],
};

/**
 * A duplicate; a call that times out, is tried again and brings late replies; a 503, tried again as well; and the first question
 * once more. Leaves six exchanges in the record.
 */
async function recordSomething(playground: Playground): Promise<void> {
  await playground.page.addInitScript(
    (kept) => localStorage.setItem("roundtrip.setup", kept),
    JSON.stringify(scenarioDocument({ setup: SETUP })),
  );
  await playground.open();
  await playground.addResponders(1);
  await playground.send();
  await playground.settled(1);
  await expect.poll(async () => (await playground.exportResults()).counts.duplicate).toBe(1);
  const everyResponder = async (what: string): Promise<void> => {
    for (const name of ["responder-1", "responder-2"])
      await playground.responder(name).getByRole("button", { name: what }).click();
  };
  await everyResponder("Freeze");
  await playground.send();
  await playground.settled(2);
  await everyResponder("Thaw");
  await expect.poll(async () => (await playground.exportResults()).counts.late).toBe(4);
  const subject = playground.requester("client-1").getByLabel("Subject");
  await subject.fill("nobody.home");
  await playground.send();
  await playground.settled(3);
  await subject.fill("user.get");
  await playground.send();
  await playground.settled(4);
  await expect.poll(async () => (await playground.exportResults()).counts.duplicate).toBe(2);
}

async function selectExchange(playground: Playground, place: "first" | "last"): Promise<void> {
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const rows = playground.results.getByRole("grid", { name: "Exchanges" }).getByText("user.get");
  // The newest is on top.
  await (place === "first" ? rows.last() : rows.first()).click();
  await expect(playground.inspector.getByRole("heading", { name: "Exchange" })).toBeVisible();
}

/** Waits until the page stands at a step of the selected exchange, and until everything says so. */
async function standingAt(playground: Playground, step: number): Promise<Standing> {
  const { page } = playground;
  const narration = playback(page).getByRole("note", { name: "Narration" });
  await expect(narration).toContainText(new RegExp(`^${step} of \\d+`));
  const told = ((await narration.textContent()) ?? "")
    .replace(/^\d+ of \d+/, "")
    .replace(/ That is the end of this exchange\.$/, "");
  const line = playground.transcript.locator('[aria-current="true"]');
  await expect(line).toContainText(told);
  const row = playground.results.locator('[role="row"][aria-current="true"]');
  const crossed = /publishes|delivers the request|repl(y|ies) reach/.test(told);
  await expect(row).toHaveCount(crossed ? 1 : 0);
  const standing = async (): Promise<Standing> => ({
    told,
    transcript: (await line.textContent()) ?? "",
    wire: crossed ? await row.getByRole("gridcell").last().textContent() : null,
    drawn: (await playground.diagram.getByRole("list", { name: "On the wire" }).textContent()) ?? "",
    outcome: (await playground.inspector.getByRole("note", { name: "Outcome" }).textContent()) ?? "",
    requester:
      (await playground.diagram.getByRole("button", { name: /^client-1 in/ }).getAttribute("aria-label")) ??
      "",
    at: (await playback(page).getByRole("status", { name: "Time shown" }).textContent()) ?? "",
  });
  // Views follow the clock within a few frames of each other.
  let last = await standing();
  await expect
    .poll(async () => {
      const before = JSON.stringify(last);
      last = await standing();
      return JSON.stringify(last) === before;
    })
    .toBe(true);
  return last;
}

test("one exchange, event by event: back and forth everything shows the same instant", async ({
  playground,
  page,
}) => {
  test.slow();
  await recordSomething(playground);
  await selectExchange(playground, "first");
  await playground.results.getByRole("tab", { name: "Wire" }).click();
  const where = await playground.diagram.boundingBox();
  await button(page, "Pause").click();
  await expect(playback(page).getByRole("note", { name: "Narration" })).toBeVisible();
  // What one stops to look at stays where it is.
  expect(await playground.diagram.boundingBox()).toEqual(where);
  await playback(page).getByRole("switch", { name: "Only the selected exchange" }).check();
  await button(page, "Step back").click();
  const count = /^(\d+) of (\d+)/.exec(
    (await playback(page).getByRole("note", { name: "Narration" }).textContent()) ?? "",
  );
  const steps = Number(count?.[2]);
  expect(Number(count?.[1])).toBe(steps);

  const back: Standing[] = [];
  for (let step = steps; step >= 1; step--) {
    back.unshift(await standingAt(playground, step));
    if (step > 1) await button(page, "Step back").click();
  }
  const forth = [back[0]];
  for (let step = 2; step <= steps; step++) {
    await page.keyboard.press(".");
    forth.push(await standingAt(playground, step));
  }
  expect(forth).toEqual(back);

  // In the sequence view a line across stands at the same instant: the later the step, the lower it is.
  await playground.results.getByRole("tab", { name: "Timeline" }).click();
  const cursor = playground.results.getByLabel("What has not happened yet");
  const heights: number[] = [];
  for (let step = steps; step >= 1; step--) {
    await expect(playback(page).getByRole("note", { name: "Narration" })).toContainText(
      new RegExp(`^${step} of`),
    );
    heights.unshift((await cursor.boundingBox())?.y ?? NaN);
    await button(page, "Step back").click();
  }
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(heights[0]).toBeLessThan(heights.at(-1) ?? 0);

  const told = back.map((each) => each.told);
  expect(told[0]).toMatch(/^client-1 creates a reply subject, _INBOX\./);
  expect(told[1]).toBe("client-1 publishes a request to user.get.");
  for (const [words, times] of [
    [/^The server delivers the request on user.get to responder-[12]/, 2],
    [/^responder-[12] begins to handle the request/, 2],
    [/^responder-[12] publishes its reply/, 2],
    [/^The reply reaches the inbox of client-1/, 1],
    [/^client-1 takes the reply of responder-[12] after/, 1],
    [/^Another reply reaches the inbox of client-1, a duplicate/, 1],
  ] as const) {
    expect(
      told.filter((sentence) => words.test(sentence)),
      String(words),
    ).toHaveLength(times);
  }
  const settledAt = told.findIndex((sentence) => sentence.startsWith("client-1 takes"));
  for (const [place, { told, wire, drawn, outcome, requester }] of back.entries()) {
    if (/publishes a request/.test(told)) {
      expect(wire).toMatch(/^PUB user\.get _INBOX/);
      expect(drawn).toContain("A request goes from client-1 to nats-server.");
    }
    if (/delivers the request/.test(told)) expect(wire).toMatch(/^MSG user\.get \d+ _INBOX/);
    if (/begins to handle/.test(told)) expect(drawn).toMatch(/responder-[12] handles a request/);
    if (/publishes its reply/.test(told)) {
      expect(wire).toMatch(/^PUB _INBOX/);
      expect(drawn).toMatch(/reply goes from responder-[12] to nats-server/);
    }
    if (/reply reaches/.test(told)) expect(wire).toMatch(/^MSG _INBOX/);
    if (/duplicate/.test(told))
      expect(drawn).toContain("A duplicate reply is dropped at the inbox of client-1.");
    const waits = place < settledAt;
    expect(outcome).toContain(waits ? "in flight" : "replied");
    expect(requester.includes("waits for 1")).toBe(waits);
    expect(drawn.includes("client-1 waits for a reply")).toBe(waits);
  }
});

test("while one looks at the past all is recorded; scrubbing and back to live lose nothing", async ({
  playground,
  page,
}) => {
  test.slow();
  await recordSomething(playground);
  // Away from any button, whose key Space is.
  await playground.inspector.getByRole("heading").first().click();
  await page.keyboard.press("Space");
  await expect(button(page, "Resume")).toBeVisible();

  const time = page.getByRole("slider", { name: "Time" });
  const narration = playback(page).getByRole("note", { name: "Narration" });
  await playground.send(3);
  await playground.settled(7);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const exchanges = playground.results.getByRole("grid", { name: "Exchanges" });
  await expect(exchanges).toHaveAttribute("aria-rowcount", "7");

  // The 503, its second attempt and the late replies lie in the past as they were.
  for (const words of [
    "Nobody is subscribed to nobody.home: nats-server answers 503 to the inbox of client-1.",
    "client-1 retries in 50 ms: attempt 2 of its call.",
    "A reply reaches the inbox of client-1 too late, and is dropped.",
  ]) {
    for (let step = 0; step < 100 && !(await narration.textContent())?.includes(words); step++) {
      const before = await time.inputValue();
      await button(page, "Step back").click();
      await expect(time).not.toHaveValue(before);
    }
    await expect(narration).toHaveText(words);
    await expect(playground.transcript.locator('[aria-current="true"]')).toContainText(words);
  }
  await expect(playground.diagram.getByRole("list", { name: "On the wire" })).toContainText(
    "A late reply is dropped at the inbox of client-1",
  );

  await time.fill("0");
  await expect(exchanges).toHaveCount(0);
  await expect(playground.diagram.getByRole("list", { name: "On the wire" })).toHaveText(
    "Nothing is moving.",
  );
  await time.press("PageUp");
  await time.press("ArrowRight");
  await expect(playback(page).getByRole("status", { name: "Time shown" })).toContainText(
    /^\d\d:\d\d:\d\d\.\d{3} \d{3}$/,
  );

  await page.getByRole("slider", { name: "Speed" }).press("Home");
  await expect(playback(page)).toContainText("1/5000×");
  await button(page, "Live").click();
  await expect(button(page, "Pause")).toBeVisible();
  await expect(exchanges).toHaveAttribute("aria-rowcount", "10");
  await playground.send();
  expect((await playground.settled(8)).counts).toMatchObject({
    replied: 6,
    timedOut: 1,
    noResponders: 1,
    late: 4,
  });
  await expect(exchanges).toHaveAttribute("aria-rowcount", "11");
});

test("“Play this exchange” takes a few seconds and ends paused; resuming in the present goes live", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await selectExchange(playground, "first");
  await button(page, "Play this exchange").click();
  await expect(button(page, "Pause")).toBeVisible();
  await expect(playback(page)).toContainText(/1\/(50|100|200|500|1000|2000|5000)×/);
  await expect(playground.inspector.getByRole("note", { name: "Outcome" })).toContainText("in flight");
  await expect(button(page, "Resume")).toBeVisible({ timeout: 15_000 });
  await expect(playground.inspector.getByRole("note", { name: "Outcome" })).toContainText("replied");
  await button(page, "Resume").click();
  await expect(button(page, "Live")).toHaveAttribute("aria-pressed", "true");
});

test("keys belong to fields, sliders, tabs and lists first", async ({ playground, page }) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await playground.results.getByRole("tab", { name: "Messages" }).press("ArrowRight");
  await expect(playground.results.getByRole("tab", { name: "Wire" })).toBeFocused();
  const payload = playground.requester("client-1").getByRole("textbox", { name: "Payload" });
  await payload.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await page.keyboard.press(".");
  await expect(payload).toHaveValue(/^ \./);
  await expect(button(page, "Pause")).toBeVisible();
  await payload.blur();
  await page.keyboard.press("PageUp");
  await expect(button(page, "Resume")).toBeVisible();
  await page.keyboard.press("End");
  await expect(button(page, "Pause")).toBeVisible();

  // A list has the keys for pages, but in front of a class a presenter's remote has them.
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("row").getByText("user.get").click();
  await page.keyboard.press("PageUp");
  await expect(button(page, "Pause")).toBeVisible();
  await page.keyboard.press("p");
  await page.keyboard.press("e");
  await playground.results.getByRole("grid", { name: "Exchanges" }).focus();
  await page.keyboard.press("PageUp");
  // The buttons are away then: the caption tells where it stands.
  await expect(page.getByRole("note", { name: "Narration" })).toBeVisible();
});

test("the oldest instants that are told agree with themselves after older events were evicted", async ({
  playground,
}) => {
  test.slow();
  const { page, transcript, inspector } = playground;
  await playground.open();
  await playground.planLoad({ Requests: "80000", Concurrency: "100" });
  await playground.drawLoad(false);
  await playground.startLoad({});
  await expect(playground.requester("client-1").getByRole("button", { name: "Start load" })).toBeVisible({
    timeout: 90_000,
  });
  await button(page, "Pause").click();
  await expect(playback(page)).toContainText("oldest events discarded");
  await button(page, "Start of the record").click();
  await expect(transcript).not.toContainText("Nothing has happened yet.");
  await expect(playback(page)).not.toContainText("Before anything that is recorded.");
  for (let step = 0; step < 12; step++) {
    await button(page, "Step forward").click();
    const line = transcript.getByRole("button").last();
    if ((await line.count()) === 0) continue;
    await line.click();
    const told = await inspector.innerText();
    if (/Settled\s.*takes the reply/s.test(told)) {
      expect(told).not.toContain("No reply has been published");
      expect(told).not.toContain("has not begun to handle it");
      expect(told).not.toContain("No responder of this page got it");
    }
    expect(told).not.toContain("for this request: .");
  }
});

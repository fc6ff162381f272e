import type { Locator } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** How many points of the diagram's canvas are painted at this moment. */
function painted(playground: Playground): Promise<number> {
  return playground.diagram.locator("canvas").evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error("the diagram has no canvas");
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    let points = 0;
    for (let at = 3; at < (data?.length ?? 0); at += 4) if ((data?.[at] ?? 0) > 0) points++;
    return points;
  });
}

test("a request is painted on its way, and the canvas is empty again when it has settled", async ({
  playground,
}) => {
  await playground.open();
  await expect.poll(() => painted(playground)).toBe(0);
  await playground.send();
  await expect.poll(() => painted(playground), { intervals: [50] }).toBeGreaterThan(20);
  await expect.poll(() => painted(playground)).toBe(0);
});

/** Runs in a worker: it tells the page of nothing that it records. */
function keepEventsBack(): void {
  const post = self.postMessage.bind(self) as (message: unknown, transfer?: Transferable[]) => void;
  self.postMessage = (message: unknown, transfer: unknown) => {
    const isEvents = typeof message === "object" && Reflect.get(message ?? {}, "type") === "events";
    if (!isEvents) post(message, (transfer as Transferable[] | undefined) ?? []);
  };
}

test("on a finer screen everything paused is painted anew, as fine as the screen", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  const playback = page.getByRole("region", { name: "Playback" });
  await playback.getByRole("button", { name: "Pause" }).click();
  await playback.getByRole("button", { name: "Start of the record" }).click();
  // To where the request is on its way.
  await expect
    .poll(async () => {
      await playback.getByRole("button", { name: "Step forward" }).click();
      return painted(playground);
    })
    .toBeGreaterThan(20);
  await page.getByRole("tab", { name: "Timeline" }).click();
  const canvases = page.locator("canvas");
  await expect(canvases).toHaveCount(4);
  const finenesses = (): Promise<number[]> =>
    canvases.evaluateAll((all) =>
      all.map((canvas) =>
        canvas instanceof HTMLCanvasElement ? Math.round((canvas.width / canvas.clientWidth) * 10) / 10 : 0,
      ),
    );
  const dots = await painted(playground);
  // Nothing else is to have the canvas painted, as each PING does that is recorded.
  for (const worker of page.workers()) await worker.evaluate(keepEventsBack);
  const cdp = await page.context().newCDPSession(page);
  for (const [deviceScaleFactor, grown] of [
    [2, 2.5],
    [1, 0.9],
    [3, 5.5],
  ] as const) {
    await cdp.send("Emulation.setDeviceMetricsOverride", {
      width: 1280,
      height: 720,
      deviceScaleFactor,
      mobile: false,
    });
    // What is emulated has the browser look at its media queries no more than when another of them changes: one that the page, which is
    // paused and has nothing else to draw, does not ask for.
    await cdp.send("Emulation.setEmulatedMedia", {
      features: [{ name: "color-gamut", value: deviceScaleFactor === 1 ? "srgb" : "p3" }],
    });
    await expect.poll(finenesses).toEqual(Array.from({ length: 4 }, () => deviceScaleFactor));
    await expect.poll(() => painted(playground)).toBeGreaterThan(dots * grown);
  }
});

test("real things are named: subject, queue group, inbox, connections", async ({ playground }) => {
  await playground.open();
  await playground.send();
  await playground.settled(1);
  for (const name of ["client-1", "responder-1", "nats-server", "user.get", "users", "_INBOX."]) {
    await expect(playground.diagram).toContainText(name);
  }
});

test("whatever is clicked is inspected", async ({ playground }) => {
  await playground.open();
  await playground.diagram.getByRole("button", { name: /^responder-1 in the diagram/ }).click();
  await expect(playground.inspector.getByRole("heading")).toContainText("Responder");
  await playground.diagram.getByRole("button", { name: /^client-1 in the diagram/ }).click();
  await expect(playground.inspector.getByRole("heading")).toContainText("Requester");
  await playground.diagram.getByRole("button", { name: /^nats-server in the diagram/ }).click();
  await expect(playground.inspector.getByRole("heading").first()).toContainText("Server");
  // From the server's own monitoring: the connections of this page are among those it knows.
  await expect(playground.inspector).toContainText("roundtrip-page");
});

test("states are seen: frozen, dead", async ({ playground }) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await expect(
    playground.diagram.getByRole("button", { name: /^responder-1 in the diagram.*frozen/ }),
  ).toBeVisible();
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await expect(
    playground.diagram.getByRole("button", { name: /^responder-1 in the diagram.*dead/ }),
  ).toBeVisible();
});

test("traffic that is too fast to draw is drawn in part, and the part is said, with how much it truly is", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.startLoad(
    { Rate: "1000", Duration: "600" },
    { "Load model": "fixed rate", Stop: "after seconds" },
  );
  await expect(playground.diagram).toContainText(/Showing 1 in \d+ calls/);
  const node = (name: string) =>
    playground.diagram.getByRole("button", { name: new RegExp(`^${name} in the diagram`) });
  for (const name of ["responder-1", "client-1"]) await expect(node(name)).toHaveAccessibleName(/ [\d,]+\/s/);
  const samples = await page.evaluate(async () => {
    const taken: { at: number; started: number; words: string[] }[] = [];
    const numberIn = (text: string | null | undefined): number => Number(text?.replaceAll(",", "") ?? NaN);
    for (const beganAt = performance.now(); performance.now() - beganAt < 4000;) {
      const counters = document.querySelector('[aria-label="Results"]')?.textContent ?? "";
      taken.push({
        at: performance.now(),
        started: numberIn(/([\d,]+) started/.exec(counters)?.[1]),
        words: [...document.querySelectorAll('[aria-label*=" in the diagram"]')].map(
          (button) => button.getAttribute("aria-label") ?? "",
        ),
      });
      await new Promise(requestAnimationFrame);
    }
    return taken;
  });
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new Error("nothing was seen");
  const made = ((last.started - first.started) * 1000) / (last.at - first.at);
  for (const name of ["responder-1", "client-1"]) {
    const said = samples.flatMap(({ words }) => words.filter((each) => each.startsWith(`${name} in`)));
    expect(said.filter((words) => words.includes("idle"))).toEqual([]);
    const rates = said.map((words) => Number(/ ([\d,]+)\/s/.exec(words)?.[1]?.replaceAll(",", "") ?? NaN));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean / made, `${name}: ${mean.toFixed(0)}/s said, ${made.toFixed(0)}/s made`).toBeGreaterThan(0.7);
    expect(mean / made, `${name}: ${mean.toFixed(0)}/s said, ${made.toFixed(0)}/s made`).toBeLessThan(1.4);
  }
  await playground.stopLoad();
  // What is shown catches up with what happened.
  await expect(playground.diagram.getByRole("list", { name: "On the wire" })).toHaveText(
    "Nothing is moving.",
  );
  await expect(playground.diagram).not.toContainText("behind");
  await expect(node("responder-1")).toHaveAccessibleName(/idle/);
});

test("with reduced motion nothing travels, and everything is still told", async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await playground.open();
  await playground.send();
  await playground.settled(1);
  await expect(playground.transcript).toContainText("client-1");
  await expect.poll(() => painted(playground)).toBe(0);
});

for (const results of ["open", "folded"]) {
  test(`pausing and stepping neither move the diagram nor cover any of it, results ${results}`, async ({
    playground,
    page,
  }) => {
    await playground.open();
    if (results === "folded") await page.getByRole("button", { name: "Fold results" }).click();
    await playground.send();
    await playground.settled(1);
    const legend = playground.diagram.getByRole("group", { name: "Legend" });
    const node = playground.diagram.getByRole("button", { name: /^responder-1 in/ });
    // The diagram is fetched after the first reply.
    await expect(node).toBeVisible();
    const places = async () => ({
      diagram: await playground.diagram.boundingBox(),
      legend: await legend.boundingBox(),
      node: await node.boundingBox(),
      pause: await page.getByRole("button", { name: /^(Pause|Resume)$/ }).boundingBox(),
    });
    const before = await places();
    await page.getByRole("button", { name: "Pause" }).click();
    for (let steps = 0; steps < 4; steps++) {
      await page.getByRole("button", { name: "Step back" }).click();
      expect(await places()).toEqual(before);
    }
    const playback = await page.getByRole("region", { name: "Playback" }).boundingBox();
    const { y = 0, height = 0 } = before.legend ?? {};
    expect(y + height).toBeLessThanOrEqual(playback?.y ?? 0);
  });
}

/** The texts that end in “…” for lack of room. */
const cutOff = (within: Locator): Promise<string[]> =>
  within.evaluate((root) =>
    [...root.querySelectorAll("*")]
      .filter((each) => getComputedStyle(each).textOverflow === "ellipsis")
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent),
  );

test("on the first screen no word is cut off, and the legend has one line apart from the nodes", async ({
  playground,
  page,
}) => {
  await playground.open();
  expect(await cutOff(playground.responders)).toEqual([]);
  expect(await cutOff(playground.diagram)).toEqual([]);
  const legend = playground.diagram.getByRole("list", { name: "Legend" });
  const [first, last] = [legend.getByRole("listitem").first(), legend.getByRole("listitem").last()];
  expect((await first.boundingBox())?.y).toBe((await last.boundingBox())?.y);
  await playground.addResponders(3);
  const gap = async (): Promise<number> => {
    const { y = 0 } = (await legend.boundingBox()) ?? {};
    const frame = await playground.diagram.getByRole("group", { name: "queue group" }).boundingBox();
    return y - (frame ? frame.y + frame.height : Infinity);
  };
  for (const tab of ["Latency", "Runs"]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await expect.poll(gap, tab).toBeGreaterThan(4);
  }
});

test("what tells the names of responders apart is read also where there is no room for all of a name", async ({
  playground,
}) => {
  await playground.open();
  await playground.addResponders(1);
  for (const number of [1, 2]) {
    await playground.inspect(`responder-${number}`);
    const name = playground.inspector.getByLabel("Name");
    await name.fill(`answers-what-is-asked-of-users-${number}`);
    await name.blur();
  }
  await expect(playground.diagram.getByRole("button", { name: /^answers-.*-2 in/ })).toBeVisible();
  await expect.poll(() => cutOff(playground.diagram)).toContain("answers-what-is-asked-of-users-");
  expect(await cutOff(playground.diagram)).not.toContain("2");
});

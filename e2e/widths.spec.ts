import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";

const EACH_100 = Array.from({ length: 17 }, (_, index) => (index === 0 ? 360 : 300 + index * 100));
/** The usual heights: of a phone, of a tablet or laptop, of a large screen. */
const heightOf = (width: number): number => (width <= 500 ? 740 : width <= 1500 ? 720 : 1080);
const SIZES = [...EACH_100, 768, 1024, 1280, 1920, 2560, 3840].map(
  (width) => [width, heightOf(width)] as const,
);

for (const lesson of [false, true]) {
  test(`at every width Send and the diagram are on screen together, and nothing overlaps${lesson ? ", beside a lesson too" : ""}`, async ({
    page,
    playground,
  }) => {
    test.slow();
    await page.goto(lesson ? "./?lesson=first-round-trip" : "./");
    await expect(playground.status).toContainText("Connected");
    if (!lesson) await playground.unfold();
    await expect(playground.diagram.getByRole("button", { name: /^client-1 in/ })).toBeVisible();
    if (lesson) await expect(page.getByRole("list", { name: "Steps" })).toBeVisible();
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => faults(page), { message: `at ${width} × ${height}` }).toEqual([]);
    }
  });
}

test("zoomed in to 400 % nothing scrolls sideways, and Send is one press away", async ({
  page,
  playground,
}) => {
  await page.goto("./");
  await expect(playground.status).toContainText("Connected");
  // 1280 × 1024 and 1920 × 1080, four times as large.
  for (const [width, height] of [
    [320, 256],
    [480, 270],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const send = page.getByRole("button", { name: "Send", exact: true }).first();
    await send.scrollIntoViewIfNeeded();
    await expect(send).toBeInViewport({ ratio: 1 });
  }
});

test("on a phone one part lies under the diagram, and Send is there with each", async ({
  page,
  playground,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("./");
  await expect(playground.status).toContainText("Connected");
  const parts = page.getByRole("group", { name: "Parts of the page" });
  await parts.getByRole("button", { name: "Results" }).click();
  await expect(playground.results.getByRole("tab", { name: "Latency" })).toBeVisible();
  await expect(playground.requesters).toBeHidden();
  await parts.getByRole("button", { name: "Send" }).click();
  await playground.settled(1);
  await parts.getByRole("button", { name: "Words" }).click();
  await expect(playground.transcript).toContainText("client-1 publishes a request");
  // What is chosen in the diagram is edited under it.
  await playground.diagram.getByRole("button", { name: /^responder-1 in the diagram/ }).click();
  await expect(playground.inspector.getByLabel("Queue group")).toBeVisible();
  await playground.diagram.getByRole("button", { name: /^client-1 in the diagram/ }).click();
  await expect(
    playground.requester("client-1").getByRole("button", { name: "Send", exact: true }),
  ).toBeInViewport();
  // Once more puts it away, and the diagram has the room.
  const before = await playground.diagram.boundingBox();
  await parts.getByRole("button", { name: "Setup" }).click();
  await expect
    .poll(async () => (await playground.diagram.boundingBox())?.height)
    .toBeGreaterThan((before?.height ?? Infinity) + 100);
});

/** What is wrong with the page as it stands: parts that lie over each other, are cut off, or stand outside the window. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { innerWidth, innerHeight } = window;
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
    const setup = document.querySelector("section[aria-label=Requesters]")?.parentElement;
    if (setup && setup.scrollWidth > setup.clientWidth) found.push("the setup scrolls sideways");
    const shown = (selector: string): Element[] =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    const named = (element: Element): string =>
      element.getAttribute("aria-label") ?? element.textContent?.slice(0, 30) ?? "";
    const inside = (
      element: Element,
      what: string,
      box = new DOMRect(0, 0, innerWidth, innerHeight),
    ): void => {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      if (width < 1 || height < 1) found.push(`${what} has no size`);
      if (left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1)
        found.push(`${what} is cut off`);
    };
    const apart = (elements: readonly Element[]): void => {
      elements.forEach((one, index) => {
        const a = one.getBoundingClientRect();
        for (const other of elements.slice(index + 1)) {
          const b = other.getBoundingClientRect();
          if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
            found.push(`${named(one)} overlaps ${named(other)}`);
        }
      });
    };
    const header = shown("header h1, header [role=status], header button");
    apart(header);
    for (const item of header) inside(item, `${named(item)} in the header`);
    const parts = ["Diagram", "Playback", "Results", "Inspector", "Requesters", "Lesson"].flatMap((name) =>
      shown(`section[aria-label=${name}]`),
    );
    // The setup scrolls in its column: of it counts what of the column is seen.
    apart(parts.map((part) => part.closest(".shell-setup") ?? part));
    for (const part of parts.filter((each) => !each.closest(".shell-setup"))) inside(part, named(part));
    for (const name of ["Playback", "Results"]) {
      const [part] = shown(`section[aria-label=${name}]`);
      if (!part) continue;
      for (const button of part.querySelectorAll("button:not([role=tab])"))
        if (button.checkVisibility())
          inside(button, `${named(button)} in ${name}`, part.getBoundingClientRect());
    }
    const send = shown("button").find(({ textContent }) => textContent?.trim() === "Send");
    if (send) inside(send, "Send");
    else found.push("there is no Send");
    const diagram = shown("section[aria-label=Diagram]")[0];
    for (const node of shown("section[aria-label=Diagram] .diagram-node"))
      inside(
        node,
        `${node.querySelector("button")?.textContent ?? "a node"} in the diagram`,
        diagram?.getBoundingClientRect(),
      );
    return found;
  });
}

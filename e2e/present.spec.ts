import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test.ts";

/** Where the diagram stands, as parts of the window. */
async function shareOf(page: Page): Promise<{ readonly across: number; readonly down: number }> {
  const box = await page.getByRole("region", { name: "Diagram" }).boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 1, height: 1 };
  return { across: (box?.width ?? 0) / width, down: (box?.height ?? 0) / height };
}

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
] as const) {
  test(`presenting at ${width} × ${height}, the diagram has the screen, also with a lesson, and keys do the rest`, async ({
    page,
    playground,
  }) => {
    await page.setViewportSize({ width, height });
    await page.goto("./?lesson=first-round-trip");
    const lesson = page.getByRole("region", { name: "Lesson", exact: true });
    await expect(lesson.getByRole("list", { name: "Steps" })).toBeVisible();
    await playground.everyoneConnected();
    await page.keyboard.press("p");
    const step = page.getByRole("region", { name: "Step of the lesson" });
    await expect(step).toContainText("Press Send and follow the request through the diagram.");
    for (const gone of [
      lesson,
      playground.requesters,
      playground.inspector,
      playground.results,
      playground.status,
    ])
      await expect(gone).toBeHidden();
    await expect.poll(async () => (await shareOf(page)).across).toBe(1);
    await expect.poll(async () => (await shareOf(page)).down).toBeGreaterThan(0.7);

    await page.keyboard.press("s");
    await expect(playground.diagram.getByRole("button", { name: /^responder-1 in/ })).toBeVisible();
    // The step that was presented ticks itself off, and the next one is presented.
    await expect(step).toContainText("Send two more", { timeout: 20_000 });
    const caption = page.getByRole("note", { name: "Narration" });
    await page.keyboard.press("PageUp");
    await expect(caption).toContainText(/client-1/);
    const first = await caption.textContent();
    await page.keyboard.press("PageUp");
    await expect(caption).not.toHaveText(first ?? "");
    for (const key of [".", "ArrowLeft", "ArrowRight"]) {
      const before = await caption.textContent();
      await page.keyboard.press(key);
      await expect(caption, key).not.toHaveText(before ?? "");
    }
    const size = await caption.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(width / 50);
    await page.keyboard.press("Escape");
    await expect(lesson).toBeVisible();
    await expect(playground.requesters).toBeVisible();
  });
}

test("a clip of the diagram is a video that plays and moves", async ({ page, playground, context }) => {
  await playground.open();
  await page.getByRole("button", { name: "Record clip" }).click();
  await expect(page.getByLabel("Recorded")).toHaveText("0:00");
  await playground.send();
  await playground.settled(1);
  await expect(page.getByLabel("Recorded")).toHaveText("0:03");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Stop recording/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^roundtrip-diagram-.*\.(webm|mp4)$/);
  const bytes = await readFile(await download.path());
  const type = download.suggestedFilename().endsWith("mp4") ? "video/mp4" : "video/webm";

  const player = await context.newPage();
  await player.setContent("<video muted></video>");
  const played = await player.evaluate(
    async (source) => {
      const video = document.querySelector("video");
      if (!video) throw new Error("there is no video");
      video.src = source;
      const canvas = document.createElement("canvas");
      const drawing = canvas.getContext("2d", { willReadFrequently: true });
      const pictures = new Set<string>();
      let frames = 0;
      const look = (): void => {
        frames++;
        Object.assign(canvas, { width: video.videoWidth / 4, height: video.videoHeight / 4 });
        drawing?.drawImage(video, 0, 0, canvas.width, canvas.height);
        pictures.add(canvas.toDataURL("image/png"));
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
      await new Promise((resolve, reject) => {
        video.addEventListener("ended", resolve);
        video.addEventListener("error", () => reject(new Error(video.error?.message)));
        void video.play();
      });
      return { frames, pictures: pictures.size, width: video.videoWidth, seconds: video.currentTime };
    },
    `data:${type};base64,${bytes.toString("base64")}`,
  );
  expect(played.seconds).toBeGreaterThan(2);
  expect(played.frames).toBeGreaterThan(10);
  expect(played.pictures).toBeGreaterThan(5);
  expect(played.width).toBeGreaterThan(600);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withProgress } from "./progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lasting = (ms: number) => (detail: (words: string) => void) =>
  new Promise<string>((resolve) => {
    detail("3 of 9 MB");
    setTimeout(() => resolve("done"), ms);
  });

test("what is quick is not spoken of", async () => {
  const said: string[] = [];
  const work = withProgress((line) => said.push(line), "Fetching", lasting(900));
  await vi.advanceTimersByTimeAsync(900);
  expect(await work).toBe("done");
  expect(said).toEqual([]);
});

test("what takes more than two seconds is named by then, and told of while it lasts", async () => {
  const said: string[] = [];
  const work = withProgress((line) => said.push(line), "Fetching", lasting(200_000));
  await vi.advanceTimersByTimeAsync(2000);
  expect(said).toEqual(["Fetching …"]);
  await vi.advanceTimersByTimeAsync(198_000);
  await work;
  expect(said[1]).toBe("  Fetching … 3 s, 3 of 9 MB");
  expect(said.length).toBeGreaterThan(8);
  expect(said.length).toBeLessThan(20);
  const after = said.length;
  await vi.advanceTimersByTimeAsync(100_000);
  expect(said).toHaveLength(after);
});

test("what fails is no longer told of", async () => {
  const said: string[] = [];
  await expect(
    withProgress(
      (line) => said.push(line),
      "Fetching",
      () => Promise.reject(new Error("no")),
    ),
  ).rejects.toThrow("no");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual([]);
});

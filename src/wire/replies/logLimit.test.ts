import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogLimit } from "./logLimit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function limited(): { lines: string[]; log: (line: string) => void } {
  const lines: string[] = [];
  const log = createLogLimit(
    (line) => lines.push(line),
    () => Date.now(),
  );
  return { lines, log: (line) => log(line, 0) };
}

test("lets through what a person may have meant to read", () => {
  const { lines, log } = limited();
  for (let n = 0; n < 150; n++) log(`line ${n}`);
  expect(lines).toHaveLength(150);
  vi.advanceTimersByTime(10_000);
  expect(lines).toHaveLength(150);
});

test("keeps the beginning of a flood, and says how much it left out", () => {
  const { lines, log } = limited();
  for (let n = 0; n < 10_000; n++) log(`line ${n}`);
  expect(lines).toEqual(Array.from({ length: 200 }, (_, n) => `line ${n}`));
  vi.advanceTimersByTime(1000);
  expect(lines.slice(200)).toEqual([expect.stringContaining("9800 more lines left out")]);
});

test("of a flood that goes on keeps some each second", () => {
  const { lines, log } = limited();
  for (let second = 0; second < 10; second++) {
    for (let n = 0; n < 5000; n++) log("x");
    vi.advanceTimersByTime(1000);
  }
  expect(lines.length).toBeGreaterThan(900);
  expect(lines.length).toBeLessThan(1300);
});

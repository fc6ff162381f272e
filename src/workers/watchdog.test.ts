import { describe, expect, it } from "vitest";
import { createWatchdog } from "./watchdog.ts";

/** Ticks at the given times; the worker answers each question as long as it is asked to. */
function watch(times: readonly number[], answersUntil: number): string[] {
  const watchdog = createWatchdog();
  return times.map((time) => {
    const verdict = watchdog.tick(time);
    if (verdict === "ask" && time < answersUntil) watchdog.answered();
    return verdict;
  });
}

const everySecond = (count: number): number[] => Array.from({ length: count }, (_, n) => n * 1000);

describe("the watchdog", () => {
  it("asks every second a worker that answers", () => {
    expect(watch(everySecond(5), Infinity)).toEqual(["ask", "ask", "ask", "ask", "ask"]);
  });

  it("says that a worker hangs which has not answered for five seconds", () => {
    expect(watch(everySecond(9), 3000)).toEqual([
      "ask",
      "ask",
      "ask",
      "ask",
      "wait",
      "wait",
      "wait",
      "wait",
      "hangs",
    ]);
  });

  it("lets a worker take as long as it likes to load", () => {
    expect(watch(everySecond(30), 0)).not.toContain("hangs");
  });

  it("does not count time in which the page slept, was suspended or throttled", () => {
    const throttled = Array.from({ length: 20 }, (_, n) => n * 60_000);
    expect(watch(throttled, 1)).not.toContain("hangs");
    const asleep = [0, 1000, 2000, 3_600_000, 3_601_000, 3_602_000];
    expect(watch(asleep, 1500)).not.toContain("hangs");
  });
});

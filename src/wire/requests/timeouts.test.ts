import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTimeouts } from "./timeouts.ts";

const clock = (): number => performance.now();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each is over when its own time is, and once", () => {
  const over: string[] = [];
  const timeouts = createTimeouts<string>((item) => over.push(item), clock);
  timeouts.start("a", 100);
  vi.advanceTimersByTime(60);
  timeouts.start("b", 100);
  timeouts.start("short", 10);
  vi.advanceTimersByTime(10);
  expect(over).toEqual(["short"]);
  vi.advanceTimersByTime(30);
  expect(over).toEqual(["short", "a"]);
  vi.advanceTimersByTime(59);
  expect(over).toEqual(["short", "a"]);
  vi.advanceTimersByTime(1);
  expect(over).toEqual(["short", "a", "b"]);
  vi.advanceTimersByTime(1000);
  expect(over).toHaveLength(3);
});

test("what is stopped is never over, and what comes after it is in time", () => {
  const over: string[] = [];
  const timeouts = createTimeouts<string>((item) => over.push(item), clock);
  timeouts.start("stopped", 100);
  vi.advanceTimersByTime(50);
  timeouts.stop("stopped", 100);
  timeouts.start("next", 100);
  vi.advanceTimersByTime(99);
  expect(over).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(over).toEqual(["next"]);
});

test("one that is started where another ends waits its whole time", () => {
  const over: string[] = [];
  const timeouts = createTimeouts<string>((item) => {
    over.push(item);
    if (over.length === 1) timeouts.start("again", 100);
  }, clock);
  timeouts.start("first", 100);
  vi.advanceTimersByTime(100);
  expect(over).toEqual(["first"]);
  vi.advanceTimersByTime(99);
  expect(over).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(over).toEqual(["first", "again"]);
});

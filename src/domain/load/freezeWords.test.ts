import { describe, expect, it } from "vitest";
import { met } from "./freezeWords.ts";

/** One call each 10 ms, answered in 5 ms; from 1 s to 3 s by the calls' own clock nobody answers. */
const CALLS = Array.from({ length: 400 }, (_, index) => {
  const atMs = index * 10;
  const endMs = atMs + 5 > 1000 && atMs < 3000 ? 3000 + (atMs - 1000) / 40 : atMs + 5;
  return { atMs, tookMs: endMs - atMs };
});

describe("which calls met a freeze", () => {
  it("is the same when the freeze was counted by a clock that is some ms ahead or behind", () => {
    for (const apartMs of [-40, -5, 0, 5, 40]) expect(met(CALLS, [1000 + apartMs, 3000 + apartMs])).toBe(200);
  });

  it("is none where nothing ended after it", () => {
    expect(met(CALLS.slice(0, 50), [1000, 3000])).toBe(0);
    expect(met([], [1000, 3000])).toBe(0);
  });
});

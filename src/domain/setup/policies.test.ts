import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attemptTimeoutMs, checkPolicy, PLAIN_POLICY, PLAIN_RETRY, retryDelayMs } from "./policies.ts";
import { presetOf, PRESETS } from "./policyPresets.ts";
import { seededRandom } from "../base/random.ts";
import type { Policy, RetryPolicy } from "./setup.ts";

/** The waits before attempts 2, 3 and so on. */
function waits(retry: RetryPolicy, seed = 1): number[] {
  const random = seededRandom(seed);
  const drawn: number[] = [];
  for (let attempt = 2; attempt <= retry.attempts; attempt++) {
    drawn.push(retryDelayMs(retry, attempt, drawn.at(-1) ?? 0, random));
  }
  return drawn;
}

describe("the wait before an attempt", () => {
  it("is 1 s, 2 s, 4 s with exponential backoff, and never longer than the longest", () => {
    expect(waits(PLAIN_RETRY)).toEqual([1000, 2000, 4000]);
    expect(waits({ ...PLAIN_RETRY, attempts: 6, maxDelayMs: 3000 })).toEqual([1000, 2000, 3000, 3000, 3000]);
    expect(waits({ ...PLAIN_RETRY, backoff: "fixed" })).toEqual([1000, 1000, 1000]);
    expect(waits({ ...PLAIN_RETRY, backoff: "none" })).toEqual([0, 0, 0]);
  });

  it("stays within its bounds with jitter, whatever the seed, and is the same for the same seed", () => {
    const retry = fc.record({
      attempts: fc.integer({ min: 2, max: 10 }),
      timeouts: fc.constant("same" as const),
      backoff: fc.constantFrom("fixed" as const, "exponential" as const),
      firstDelayMs: fc.integer({ min: 0, max: 1000 }),
      maxDelayMs: fc.integer({ min: 1000, max: 60_000 }),
      jitter: fc.constantFrom("none" as const, "full" as const, "decorrelated" as const),
    });
    fc.assert(
      fc.property(retry, fc.integer(), (rule, seed) => {
        const drawn = waits(rule, seed);
        expect(waits(rule, seed)).toEqual(drawn);
        let before = 0;
        for (const [n, ms] of drawn.entries()) {
          const grown = rule.backoff === "fixed" ? rule.firstDelayMs : rule.firstDelayMs * 2 ** n;
          const most =
            rule.jitter === "decorrelated"
              ? Math.max(rule.firstDelayMs, before * 3)
              : Math.min(grown, rule.maxDelayMs);
          expect(ms).toBeGreaterThanOrEqual(rule.jitter === "decorrelated" ? rule.firstDelayMs : 0);
          expect(ms).toBeLessThanOrEqual(Math.min(rule.maxDelayMs, Math.ceil(most)));
          before = ms;
        }
      }),
    );
  });
});

it("an attempt waits for its reply as long as the one before, or twice as long", () => {
  expect([1, 2, 3].map((attempt) => attemptTimeoutMs(PLAIN_RETRY, 200, attempt))).toEqual([200, 200, 200]);
  const growing: RetryPolicy = { ...PLAIN_RETRY, timeouts: "exponential" };
  expect([1, 2, 3].map((attempt) => attemptTimeoutMs(growing, 200, attempt))).toEqual([200, 400, 800]);
  expect(attemptTimeoutMs(growing, 600_000, 5)).toBe(600_000);
  expect(attemptTimeoutMs(null, 200, 3)).toBe(200);
});

describe("a combination", () => {
  const gather = { count: 3, forMs: 500, gapMs: null, sentinel: false };
  it.each<[Partial<Policy>, RegExp]>([
    [{ gather, retry: PLAIN_RETRY }, /asks everyone once/],
    [{ gather: { ...gather, gapMs: 500 } }, /gap of 500 ms can never end it/],
    [{ retry: PLAIN_RETRY, on: [] }, /Nothing counts as a failure/],
    [{ retry: { ...PLAIN_RETRY, maxDelayMs: 500 } }, /longest wait of 500 ms is shorter/],
    [{ retry: { ...PLAIN_RETRY, backoff: "fixed", jitter: "decorrelated" } }, /needs exponential waits/],
    [{ fallback: { format: "json", text: "{" } }, /./],
    [{ callHeader: "two words" }, /space/],
  ])("that makes no sense is refused in words: %j", (policy, words) => {
    expect(checkPolicy({ ...PLAIN_POLICY, ...policy })).toMatch(words);
  });

  it("of each preset makes sense, and is known again by its parts", () => {
    for (const { id, policy } of PRESETS) {
      expect(checkPolicy(policy)).toBeNull();
      expect(presetOf(policy)).toBe(id);
    }
  });
});

import { checkHeaderName } from "../messages/headersBlock.ts";
import type { FailureOutcome, GatherPolicy, Policy, RetryPolicy } from "./setup.ts";
import { checkPayload } from "../messages/templates.ts";

/** Bounds of a policy's numbers. Times in ms. */
export const POLICY_LIMITS = {
  attempts: { least: 2, most: 10 },
  delayMs: { least: 0, most: 60_000 },
  failures: { least: 1, most: 1000 },
  openMs: { least: 100, most: 600_000 },
  count: { least: 1, most: 1000 },
  forMs: { least: 1, most: 600_000 },
  gapMs: { least: 1, most: 600_000 },
} as const;

export const FAILURE_OUTCOMES: readonly FailureOutcome[] = [
  "timedOut",
  "noResponders",
  "connectionLost",
  "errorReply",
];

/** One attempt with the requester's timeout, and nothing else. */
export const PLAIN_POLICY: Policy = {
  on: ["timedOut", "noResponders", "connectionLost"],
  retry: null,
  breaker: null,
  fallback: null,
  gather: null,
  callHeader: null,
};

/** The header that names a call in the presets that may send a request twice. */
export const CALL_HEADER = "Idempotency-Key";
/** Counts the attempts of a call, beside the header that names it. */
export const ATTEMPT_HEADER = "Attempt";

/** 1 s, 2 s, 4 s. */
export const PLAIN_RETRY: RetryPolicy = {
  attempts: 4,
  timeouts: "same",
  backoff: "exponential",
  firstDelayMs: 1000,
  maxDelayMs: 8000,
  jitter: "none",
};

/** No answer takes longer, in ms. */
const LONGEST_TIMEOUT_MS = 600_000;

/** How long an attempt waits for its reply, in ms. `attempt` counts from 1. */
export function attemptTimeoutMs(retry: RetryPolicy | null, timeoutMs: number, attempt: number): number {
  if (retry?.timeouts !== "exponential") return timeoutMs;
  return Math.min(LONGEST_TIMEOUT_MS, timeoutMs * 2 ** (attempt - 1));
}

/**
 * How long to wait before an attempt, in ms. `attempt` counts from 2: there is nothing to wait for before the first. `before` is
 * the wait before the attempt before it, 0 for none. `random` gives 0 ≤ x < 1.
 */
export function retryDelayMs(
  retry: RetryPolicy,
  attempt: number,
  before: number,
  random: () => number,
): number {
  const { backoff, firstDelayMs, maxDelayMs, jitter } = retry;
  if (backoff === "none") return 0;
  const grown = backoff === "fixed" ? firstDelayMs : firstDelayMs * 2 ** (attempt - 2);
  const whole = Math.min(maxDelayMs, grown);
  switch (jitter) {
    case "none":
      return whole;
    case "full":
      return Math.round(random() * whole);
    case "decorrelated": {
      // As AWS describes it in “Exponential Backoff And Jitter”.
      const most = Math.max(firstDelayMs, before * 3);
      return Math.round(Math.min(maxDelayMs, firstDelayMs + random() * (most - firstDelayMs)));
    }
  }
}

/** What is wrong with parts that are well-formed each: the combination, in words; null when nothing is. */
export function checkPolicy(policy: Policy): string | null {
  const { on, retry, breaker, fallback, gather } = policy;
  if (gather !== null && retry !== null) {
    return "Gathering asks everyone once. A retry would also repeat the request to those who have answered. Turn one of the two off.";
  }
  if ((retry !== null || breaker !== null || fallback !== null) && on.length === 0) {
    return "Nothing counts as a failure, so there is nothing to retry, to count or to replace: choose at least one.";
  }
  if (retry !== null) {
    const wrong = checkRetry(retry);
    if (wrong !== null) return wrong;
  }
  if (gather !== null) {
    const wrong = checkGather(gather);
    if (wrong !== null) return wrong;
  }
  const reply = fallback && checkFallback(fallback);
  return reply ?? (policy.callHeader === null ? null : checkHeaderName(policy.callHeader));
}

export function checkRetry({ backoff, firstDelayMs, maxDelayMs, jitter }: RetryPolicy): string | null {
  if (backoff === "none") return null;
  if (maxDelayMs < firstDelayMs) {
    return `The longest wait of ${maxDelayMs} ms is shorter than the first of ${firstDelayMs} ms: swap them.`;
  }
  if (jitter === "decorrelated" && backoff !== "exponential") {
    return "Decorrelated jitter grows with each wait: it needs exponential waits, or choose full jitter.";
  }
  return null;
}

export function checkGather({ gapMs, forMs }: GatherPolicy): string | null {
  if (gapMs === null || gapMs < forMs) return null;
  return `A gap of ${gapMs} ms can never end it, as the time of ${forMs} ms is over first: make the gap shorter.`;
}

export function checkFallback({ format, text }: NonNullable<Policy["fallback"]>): string | null {
  return format === "json" ? (checkPayload("json", text)?.message ?? null) : null;
}

export const isFailure = (policy: Policy, outcome: string): boolean =>
  policy.on.some((each) => each === outcome);

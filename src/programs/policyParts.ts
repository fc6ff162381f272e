import { formatMs } from "../domain/base/formats.ts";
import { OUTCOME_WORDS } from "../domain/events/outcomes.ts";
import { attemptTimeoutMs } from "../domain/setup/policies.ts";
import type { Policy, RequesterSetup, RetryPolicy } from "../domain/setup/setup.ts";

/** What a policy's parts need of a program, whatever it is written in. */
export interface PolicyParts {
  readonly retry: RetryPolicy | null;
  readonly breaker: Policy["breaker"];
  readonly gather: Policy["gather"];
  /** The reply that is given in place of one; null for none. */
  readonly fallback: string | null;
  readonly callHeader: string | null;
  /** The kinds of outcome that are failures, in the words that programs use. */
  readonly failures: readonly string[];
  /** Whether a call is more than one attempt. */
  readonly plain: boolean;
}

export function policyParts(policy: Policy): PolicyParts {
  const { breaker, gather, fallback, callHeader } = policy;
  const retry = gather === null ? policy.retry : null;
  return {
    retry,
    breaker,
    gather,
    fallback: fallback === null ? null : fallback.text,
    callHeader,
    failures: policy.on.map((outcome) => OUTCOME_WORDS[outcome]),
    plain: retry === null && breaker === null && fallback === null,
  };
}

/** What a policy does, for the head of a program; empty for nothing. */
export function policyWords(policy: Policy): string {
  const { retry, breaker, gather, fallback, failures } = policyParts(policy);
  const parts = [
    ...(gather === null
      ? []
      : [
          `It takes many replies, for ${formatMs(gather.forMs)}${gather.count === null ? "" : ` or until there are ${gather.count}`}.`,
        ]),
    ...(retry === null ? [] : [`It tries up to ${retry.attempts} times.`]),
    ...(breaker === null
      ? []
      : [
          `After ${breaker.failures} failures in a row nothing is sent for ${formatMs(breaker.openMs)}, and then one attempt is let through.`,
        ]),
    ...(fallback === null ? [] : ["Where no reply is to be had, a fallback takes its place."]),
    ...(retry === null && breaker === null && fallback === null
      ? []
      : [`A failure is: ${failures.join(", ")}.`]),
  ];
  return parts.join("\n");
}

/** Whether an attempt has to know which one it is. */
export const isNumbered = (policy: Policy): boolean =>
  policy.callHeader !== null || policyParts(policy).retry?.timeouts === "exponential";

/** What an attempt is called with: `always`, and what its policy needs it to know. */
export const attemptArguments = (always: readonly string[], number: string, policy: Policy): string =>
  [...always, ...(isNumbered(policy) ? [number] : []), ...(policy.callHeader === null ? [] : ["name"])].join(
    ", ",
  );

/** How a language writes a timeout that grows. */
export interface TimeoutDialect {
  /** The timeout times 2 to the power of the attempt less one. */
  readonly doubled: string;
  /** The lesser of an expression and a bound in ms. */
  readonly atMost: (expression: string, ms: number) => string;
}

/** How long an attempt waits, as an expression; `same` where each waits as long. */
export function attemptTimeout(
  { policy, timeoutMs }: RequesterSetup,
  same: string,
  { doubled, atMost }: TimeoutDialect,
): string {
  const { retry } = policyParts(policy);
  if (retry?.timeouts !== "exponential") return same;
  const last = attemptTimeoutMs(retry, timeoutMs, retry.attempts);
  return last < timeoutMs * 2 ** (retry.attempts - 1) ? atMost(doubled, last) : doubled;
}

/** How a language writes the arithmetic of waits. Times in ms. */
export interface WaitDialect {
  /** 2 to the power of the attempt less two. */
  readonly doubled: string;
  readonly min: (a: string, b: string) => string;
  readonly max: (a: string, b: string) => string;
  /** 0 ≤ x < 1. */
  readonly random: string;
}

/** The wait before an attempt, of `attempt` (from 2) and `before`, as an expression. Null where there is none. */
export function waitExpression(
  retry: RetryPolicy,
  { doubled, min, max, random }: WaitDialect,
): string | null {
  const { backoff, firstDelayMs: first, maxDelayMs: most, jitter } = retry;
  if (backoff === "none") return null;
  if (jitter === "decorrelated")
    return min(String(most), `${first} + ${random} * (${max(String(first), "before * 3")} - ${first})`);
  const whole =
    backoff === "fixed" ? String(Math.min(first, most)) : min(String(most), `${first} * ${doubled}`);
  return jitter === "full" ? `${random} * ${whole}` : whole;
}

/** The waits before each attempt after the first without their jitter, in ms. */
export const plainWaits = ({ attempts, backoff, firstDelayMs, maxDelayMs }: RetryPolicy): readonly number[] =>
  Array.from({ length: attempts - 1 }, (_, index) => {
    if (backoff === "none") return 0;
    return Math.min(maxDelayMs, backoff === "fixed" ? firstDelayMs : firstDelayMs * 2 ** index);
  });

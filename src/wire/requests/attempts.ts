import type { Reason } from "../../domain/events/reasons.ts";
import { handleWhenResult, retry } from "cockatiel";
import { nuid } from "nats.ws";
import type { EventSink } from "../../domain/events/batch.ts";
import { type CallId, type ExchangeKey, KIND } from "../../domain/events/events.ts";
import { formatHeadersBlock } from "../../domain/messages/headersBlock.ts";
import type { Outcome } from "../../domain/events/outcomes.ts";
import { ATTEMPT_HEADER, attemptTimeoutMs, isFailure, retryDelayMs } from "../../domain/setup/policies.ts";
import type { Policy, RetryPolicy } from "../../domain/setup/setup.ts";
import type { Breakers } from "./breaker.ts";
import type { ExchangeEnd, Exchanges } from "./exchanges.ts";
import type { PreparedRequest } from "./preparedRequest.ts";

/** What a call is made under. */
export interface Under {
  readonly policy: Policy;
  /** 0 ≤ x < 1; decides the jitter. */
  readonly random: () => number;
}

/** How far a call has come. */
export interface Progress {
  /** True while it waits for its next attempt, and nothing of it is in flight. */
  waiting: boolean;
  /** The key of its last exchange; 0 for none. */
  key: ExchangeKey;
  /** How many attempts have begun. */
  made: number;
}

/** How a call ended. */
export interface Ended {
  readonly outcome: Outcome;
  /** Null where the outcome says all. */
  readonly reason: Reason | null;
  /** Of its last exchange; 0 when nothing was published. */
  readonly key: ExchangeKey;
  /** How many attempts were made. */
  readonly made: number;
  /** Whether a breaker that opened kept it from being tried again. */
  readonly barred: boolean;
}

export interface AttemptParts {
  readonly exchanges: Exchanges;
  readonly breakers: Breakers;
  readonly sink: EventSink;
  readonly clock: () => number;
}

const GIVEN_UP: ExchangeEnd = {
  outcome: "cancelled",
  reason: { kind: "cancelled", by: "person" },
  key: 0,
  at: 0,
  message: null,
};

/** True where a call is one attempt and nothing besides. */
export const isPlain = ({ retry: again, breaker, fallback, gather, callHeader }: Policy): boolean =>
  again === null && breaker === null && fallback === null && gather === null && callHeader === null;

/**
 * Makes the attempts of one call, one after the other, as its policy says. Resolves once, with what became of the call; never
 * rejects. After `signal` is aborted nothing more is sent.
 */
export async function attemptCall(
  { exchanges, breakers, sink, clock }: AttemptParts,
  request: PreparedRequest,
  payload: Uint8Array,
  id: CallId,
  { policy, random }: Under,
  signal: AbortSignal,
  progress: Progress,
): Promise<Ended> {
  const { gather } = policy;
  const name = policy.callHeader === null ? null : nuid.next();
  let last: ExchangeEnd | null = null;
  /** Set where the breaker forbids what the policy would try again. */
  let barred = false;

  async function attempt(number: number): Promise<ExchangeEnd> {
    // The library's own wait cannot be ended: it comes here after the call was given up, and goes no further.
    if (signal.aborted) return GIVEN_UP;
    progress.waiting = false;
    const answer = await breakers.attempt(policy, request.subject, () => {
      progress.made = number;
      const purpose = { nested: false, attempt: number, gather };
      return exchanges.request(attemptOf(request, policy, number, name), payload, id, purpose);
    });
    if (answer === null) {
      barred = true;
      return (
        last ?? {
          outcome: "shortCircuited",
          reason: { kind: "breakerOpen" },
          key: 0,
          at: clock(),
          message: null,
        }
      );
    }
    // An attempt of which nothing was published leaves the exchange before it the last.
    progress.key = answer.key || progress.key;
    last = { ...answer, key: progress.key };
    return last;
  }

  const failed = (answer: ExchangeEnd): boolean => !barred && isFailure(policy, answer.outcome);
  const again = gather === null ? policy.retry : null;
  const end =
    again === null
      ? await attempt(1)
      : await retrying(again, failed, random, (ms, next) => {
          progress.waiting = true;
          sink.record(KIND.backoff, clock(), progress.key, id, ms, 0, next);
        }).execute(({ attempt: before }) => attempt(before + 1), signal);
  return concluded(end, policy, progress.made, barred);
}

/** Attempts again while they fail. `onWait` is told how long it waits, in ms, and which attempt comes next. */
function retrying(
  rule: RetryPolicy,
  failed: (answer: ExchangeEnd) => boolean,
  random: () => number,
  onWait: (ms: number, next: number) => void,
): ReturnType<typeof retry> {
  const wait = (attempt: number, before: number) => {
    const duration = retryDelayMs(rule, attempt, before, random);
    return { duration, next: () => wait(attempt + 1, duration) };
  };
  const policy = retry(
    handleWhenResult((result) => failed(result as ExchangeEnd)), // execute is given nothing else
    { maxAttempts: rule.attempts - 1, backoff: { next: () => wait(2, 0) } },
  );
  policy.onRetry(({ delay, attempt }) => onWait(delay, attempt + 1));
  return policy;
}

/** What one attempt sends: its timeout, and the headers that name the call and count the attempt. */
function attemptOf(
  request: PreparedRequest,
  policy: Policy,
  attempt: number,
  name: string | null,
): PreparedRequest {
  const timeoutMs = attemptTimeoutMs(policy.retry, request.timeoutMs, attempt);
  if (name === null || policy.callHeader === null) return { ...request, timeoutMs };
  const ours = [policy.callHeader, ATTEMPT_HEADER];
  const headers = [
    ...request.headers.filter((header) => !ours.includes(header.name)),
    { name: policy.callHeader, value: name },
    { name: ATTEMPT_HEADER, value: String(attempt) },
  ];
  return { ...request, timeoutMs, headers, headersBlock: formatHeadersBlock(headers) };
}

/** What a call has ended with, after its last attempt. */
function concluded(
  { outcome, reason, key }: ExchangeEnd,
  policy: Policy,
  made: number,
  barred: boolean,
): Ended {
  if (policy.fallback !== null && (outcome === "shortCircuited" || isFailure(policy, outcome))) {
    return { outcome: "fellBack", reason: { kind: "fellBack", from: outcome }, key, made, barred };
  }
  return { outcome, reason, key, made, barred };
}

import type { Reason } from "./reasons.ts";
import type { CallId, ExchangeKey, HandlerResult, PeerId } from "./events.ts";
import type { Outcome } from "./outcomes.ts";
import type { Instant } from "../base/instant.ts";

/** Bytes that crossed the wire, as far as they were kept. */
export interface Payload {
  readonly bytes: Uint8Array;
  /** How many bytes crossed; more than `bytes.length` when cut. */
  readonly size: number;
  /** The header block as sent (`NATS/1.0\r\n…`), empty for none. */
  readonly headers: Uint8Array;
}

/** One responder of this page that the server gave the request to. */
export interface Delivery {
  readonly peer: PeerId;
  readonly deliveredAt: Instant;
  readonly handlingAt: Instant | null;
  readonly handledAt: Instant | null;
  readonly result: HandlerResult | null;
  /** Why the handler failed, or why there is no reply; null for none. */
  readonly error: Reason | null;
  readonly answeredAt: Instant | null;
  /** The server did not take its reply: this responder may not publish to the reply subject. */
  readonly replyRefused: boolean;
  readonly answer: Payload | null;
}

/**
 * taken: the first reply to a waiting request. duplicate: came after another reply. late: came after the timeout.
 * noResponders: the server's 503.
 */
export type Verdict = "taken" | "duplicate" | "late" | "noResponders";

/** One message that reached the inbox. */
export interface Arrival {
  readonly arrivedAt: Instant;
  readonly verdict: Verdict;
  /** Who sent it: a responder of this page, `OUTSIDE`, or null: the server itself (503), or not known any more. */
  readonly from: PeerId | null;
  readonly error: boolean;
  readonly message: Payload;
}

/** A wait before the next attempt of a call. */
export interface Backoff {
  readonly at: Instant;
  /** How long it is meant to be. */
  readonly ms: number;
  /** When it ends: earlier where the call is ended meanwhile. */
  readonly until: Instant;
  /** Which attempt comes next. */
  readonly attempt: number;
}

/** What of an exchange was evicted. */
export interface Gone {
  /** Whether any of its events did. */
  readonly some: boolean;
  /** How many of its deliveries, answers and replies are counted and no longer told. */
  readonly deliveries: number;
  readonly answers: number;
  readonly arrivals: number;
}

export const NOTHING_GONE: Gone = { some: false, deliveries: 0, answers: 0, arrivals: 0 };

/** One published request and everything that arrived on its reply subject: the fold of its events so far. */
export interface Exchange {
  /** Counts up from 1 in the order in which the page learned of exchanges. */
  readonly seq: number;
  readonly key: ExchangeKey;
  /** The call it is an attempt of; null for one that a responder or a program elsewhere made. */
  readonly call: CallId | null;
  /** Which attempt of its call it is, from 1; null where it is of none. */
  readonly attempt: number | null;
  /** True where every reply is taken until it is settled, not only the first. */
  readonly gathers: boolean;
  /** The wait before the call is tried again, which begins when this attempt has failed; null for none. */
  readonly backoff: Backoff | null;
  /** The exchange in whose handler it was made, or null. */
  readonly parent: ExchangeKey | null;
  /** Null while nobody of this page has claimed it: a program elsewhere, or a claim still on its way. */
  readonly requester: PeerId | null;
  readonly subject: string;
  readonly reply: string;
  readonly request: Payload | null;
  readonly timeoutMs: number | null;
  /** When the requester asked for it; latency counts from here. */
  readonly attemptedAt: Instant | null;
  /** When its bytes were handed to the socket. Null: never left. */
  readonly sentAt: Instant | null;
  readonly deliveries: readonly Delivery[];
  readonly arrivals: readonly Arrival[];
  readonly settledAt: Instant | null;
  readonly outcome: Outcome | null;
  /** Why; null where nothing is known. */
  readonly reason: Reason | null;
  readonly gone: Gone;
}

import type { ExchangeKey } from "./events.ts";

/** Outcome column of an exchange that has none yet. */
export const UNSETTLED = 255;

/** The newest exchanges as columns, addressed by seq from 1; a time of 0 is “not yet”. */
export interface ExchangeRing {
  readonly capacity: number;
  last: number;
  /** Nothing before it is told: it was cleared. */
  first: number;
  readonly rows: Map<ExchangeKey, number>;
  readonly key: Float64Array;
  /** The earliest time of any of its events. */
  readonly firstAt: Float64Array;
  readonly attemptedAt: Float64Array;
  readonly settledAt: Float64Array;
  readonly requester: Uint32Array;
  readonly call: Float64Array;
  readonly parent: Float64Array;
  readonly outcome: Uint8Array;
  readonly deliveries: Uint16Array;
  /** Answers published by responders of this page. */
  readonly answers: Uint16Array;
  /** Replies that reached the inbox; the server's 503 is none. */
  readonly arrivals: Uint16Array;
  readonly late: Uint16Array;
  readonly duplicate: Uint16Array;
  /** The peer of the first delivery in this page, 0 for none. */
  readonly responder: Uint32Array;
  readonly subject: Uint32Array;
  /** The number of its newest event. */
  readonly newest: Float64Array;
  /** Names of subjects by number; 0 is not known yet. */
  readonly subjects: string[];
  readonly subjectNumbers: Map<number, number>;
}

export function createExchangeRing(capacity: number): ExchangeRing {
  return {
    capacity,
    last: 0,
    first: 1,
    rows: new Map(),
    key: new Float64Array(capacity),
    firstAt: new Float64Array(capacity),
    attemptedAt: new Float64Array(capacity),
    settledAt: new Float64Array(capacity),
    requester: new Uint32Array(capacity),
    call: new Float64Array(capacity),
    parent: new Float64Array(capacity),
    outcome: new Uint8Array(capacity),
    deliveries: new Uint16Array(capacity),
    answers: new Uint16Array(capacity),
    arrivals: new Uint16Array(capacity),
    late: new Uint16Array(capacity),
    duplicate: new Uint16Array(capacity),
    responder: new Uint32Array(capacity),
    subject: new Uint32Array(capacity),
    newest: new Float64Array(capacity),
    subjects: [""],
    subjectNumbers: new Map(),
  };
}

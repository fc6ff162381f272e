import { KeyTable } from "../base/keyTable.ts";

/** Outcome column of an exchange that has none yet. */
export const UNSETTLED = 255;

/** The newest exchanges as columns, addressed by seq from 1; a time of 0 is “not yet”. */
export interface ExchangeRing {
  readonly capacity: number;
  last: number;
  /** Nothing before it is told: it was cleared. */
  first: number;
  /** By exchange key: the seq as value, the row as tag. */
  readonly rows: KeyTable;
  readonly seq: Float64Array;
  readonly key: Float64Array;
  /** The earliest time of any of its events. */
  readonly firstAt: Float64Array;
  readonly attemptedAt: Float64Array;
  readonly sentAt: Float64Array;
  readonly settledAt: Float64Array;
  readonly requester: Uint32Array;
  readonly call: Float64Array;
  readonly parent: Float64Array;
  /** Which attempt of its call it is, from 1; 0 for none. */
  readonly attempt: Uint16Array;
  /** 1 where every reply is taken until it is settled. */
  readonly gathers: Uint8Array;
  /** Until when its call waits for the next attempt; 0 for not at all. */
  readonly backoffUntil: Float64Array;
  /** 1 where the call was ended while it waited. */
  readonly curtailed: Uint8Array;
  readonly outcome: Uint8Array;
  /** The number of the event that settled it: its own, or the end of its requester. */
  readonly settling: Float64Array;
  readonly deliveries: Uint32Array;
  /** Deliveries cut short by the end of their responder. */
  readonly cut: Uint32Array;
  /** Answers published by responders of this page. */
  readonly answers: Uint32Array;
  /** When the first of them was published; 0 for none. */
  readonly answeredAt: Float64Array;
  /** Those of the answers that are errors. */
  readonly errors: Uint32Array;
  /** Replies that reached the inbox; the server's 503 is none. */
  readonly arrivals: Uint32Array;
  readonly late: Uint32Array;
  readonly duplicate: Uint32Array;
  /** The peer of the first delivery in this page, 0 for none. */
  readonly responder: Uint32Array;
  readonly subject: Uint32Array;
  /** The number of its newest event. */
  readonly newest: Float64Array;
  /** The rows in flight as a list in both directions, each as row + 1; 0 is its end. */
  readonly openAfter: Uint32Array;
  readonly openBefore: Uint32Array;
  openFirst: number;
  openLast: number;
  openCount: number;
  /** Names of subjects by number; 0 is not known yet. */
  readonly subjects: string[];
  /** By the hash of the subject: its number as value. */
  readonly subjectNumbers: KeyTable;
}

export function createExchangeRing(capacity: number): ExchangeRing {
  return {
    capacity,
    last: 0,
    first: 1,
    rows: new KeyTable(capacity),
    seq: new Float64Array(capacity),
    key: new Float64Array(capacity),
    firstAt: new Float64Array(capacity),
    attemptedAt: new Float64Array(capacity),
    sentAt: new Float64Array(capacity),
    settledAt: new Float64Array(capacity),
    requester: new Uint32Array(capacity),
    call: new Float64Array(capacity),
    parent: new Float64Array(capacity),
    attempt: new Uint16Array(capacity),
    gathers: new Uint8Array(capacity),
    backoffUntil: new Float64Array(capacity),
    curtailed: new Uint8Array(capacity),
    outcome: new Uint8Array(capacity),
    settling: new Float64Array(capacity),
    deliveries: new Uint32Array(capacity),
    cut: new Uint32Array(capacity),
    answers: new Uint32Array(capacity),
    errors: new Uint32Array(capacity),
    answeredAt: new Float64Array(capacity),
    arrivals: new Uint32Array(capacity),
    late: new Uint32Array(capacity),
    duplicate: new Uint32Array(capacity),
    responder: new Uint32Array(capacity),
    subject: new Uint32Array(capacity),
    newest: new Float64Array(capacity),
    openAfter: new Uint32Array(capacity),
    openBefore: new Uint32Array(capacity),
    openFirst: 0,
    openLast: 0,
    openCount: 0,
    subjects: [""],
    subjectNumbers: new KeyTable(),
  };
}

/** Puts a row at the end of those in flight. */
export function open(ring: ExchangeRing, row: number): void {
  ring.openBefore[row] = ring.openLast;
  ring.openAfter[row] = 0;
  if (ring.openLast === 0) ring.openFirst = row + 1;
  else ring.openAfter[ring.openLast - 1] = row + 1;
  ring.openLast = row + 1;
  ring.openCount++;
}

/** Takes a row out of those in flight. */
export function close(ring: ExchangeRing, row: number): void {
  const before = ring.openBefore[row] ?? 0;
  const after = ring.openAfter[row] ?? 0;
  if (before === 0) ring.openFirst = after;
  else ring.openAfter[before - 1] = after;
  if (after === 0) ring.openLast = before;
  else ring.openBefore[after - 1] = before;
  ring.openCount--;
}

/** The wait after an exchange, if it is held, ended with its call. */
export function cutBackoffShort(
  { rows, backoffUntil, curtailed }: ExchangeRing,
  key: number,
  at: number,
): void {
  const slot = rows.find(key);
  if (slot < 0) return;
  const row = rows.tags[slot] ?? 0;
  if ((backoffUntil[row] ?? 0) <= at) return;
  backoffUntil[row] = at;
  curtailed[row] = 1;
}

/** True while a row is in flight: attempted by a peer of this page, and not settled. */
export const isOpen = ({ attemptedAt, outcome }: ExchangeRing, row: number): boolean =>
  attemptedAt[row] !== 0 && outcome[row] === UNSETTLED;

/** The rows in flight, in the order in which they were attempted. */
export function* openRows(ring: ExchangeRing): Generator<number> {
  for (let next = ring.openFirst; next !== 0;) {
    const row = next - 1;
    // Read before the row is handed out: it may be closed there.
    next = ring.openAfter[row] ?? 0;
    yield row;
  }
}

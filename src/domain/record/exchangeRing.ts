import { KeyTable } from "../base/keyTable.ts";

/** Outcome column of an exchange that has none yet. */
export const UNSETTLED = 255;

export type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** What is known of each exchange, by its row; a time of 0 is “not yet”. */
const createColumns = (rows: number) => ({
  seq: new Float64Array(rows),
  key: new Float64Array(rows),
  /** When its requester of this page began; else the earliest time of any of its events. */
  firstAt: new Float64Array(rows),
  attemptedAt: new Float64Array(rows),
  sentAt: new Float64Array(rows),
  settledAt: new Float64Array(rows),
  requester: new Uint32Array(rows),
  call: new Float64Array(rows),
  /** When that was called; 0 for not known. */
  calledAt: new Float64Array(rows),
  /** The number of the event that concluded the call whose last attempt it is; 0 for none. */
  concluding: new Float64Array(rows),
  /** The seqs of the attempts of the same call before it and after it; 0 for none. */
  attemptBefore: new Float64Array(rows),
  attemptAfter: new Float64Array(rows),
  /** The seq of the exchange before it with the same reply subject; 0 for none. */
  replyBefore: new Float64Array(rows),
  parent: new Float64Array(rows),
  /** The seq of the newest exchange that its handlers made, and of the one that its parent's handlers made before it. */
  nestedNewest: new Float64Array(rows),
  nestedBefore: new Float64Array(rows),
  /** Which attempt of its call it is, from 1; 0 for none. */
  attempt: new Uint16Array(rows),
  /** 1 where every reply is taken until it is settled. */
  gathers: new Uint8Array(rows),
  /** Until when its call waits for the next attempt; 0 for not at all. */
  backoffUntil: new Float64Array(rows),
  outcome: new Uint8Array(rows),
  /** The number of the event that settled it: its own, or the end of its requester. */
  settling: new Float64Array(rows),
  deliveries: new Uint32Array(rows),
  /** Deliveries that their responders are done with, in whatever way. */
  handled: new Uint32Array(rows),
  /** Deliveries that the end of their responder aborted. */
  abortedDeliveries: new Uint32Array(rows),
  /** Answers published by responders of this page. */
  answers: new Uint32Array(rows),
  /** When the first of them was published; 0 for none. */
  answeredAt: new Float64Array(rows),
  /** Those of the answers that are errors. */
  errors: new Uint32Array(rows),
  /** Replies that reached the inbox; the server's 503 is none. */
  arrivals: new Uint32Array(rows),
  late: new Uint32Array(rows),
  duplicate: new Uint32Array(rows),
  /** Who of this page answered first; while nobody has, who got the request first. 0 for none. */
  responder: new Uint32Array(rows),
  subject: new Uint32Array(rows),
  /** The number of its newest event. */
  newest: new Float64Array(rows),
  /** The number of the event that last changed anything of it: its own, or one of its requester, a responder or a related exchange. */
  touched: new Float64Array(rows),
});

type ExchangeColumns = Readonly<ReturnType<typeof createColumns>>;

/** The newest exchanges as columns, addressed by seq from 1. */
export interface ExchangeRing extends ExchangeColumns {
  readonly capacity: number;
  last: number;
  /** Nothing before it is told: it was cleared. */
  first: number;
  /** By exchange key: the seq of the newest as value. */
  readonly rows: KeyTable;
  /** Of a record of the past: the ring with all that was recorded, whose keys and names of subjects it shares. */
  readonly whole: ExchangeRing | null;
  /** Of a record of the past: exchanges up to this seq are there already, or were evicted. */
  upTo: number;
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

/** `rows` is less than the capacity where no seq is higher: the row of a seq is the seq modulo the capacity in any case. */
export function createExchangeRing(
  capacity: number,
  whole: ExchangeRing | null = null,
  rows = capacity,
): ExchangeRing {
  return {
    capacity,
    last: 0,
    first: 1,
    ...createColumns(rows),
    rows: whole?.rows ?? new KeyTable(capacity),
    whole,
    openAfter: new Uint32Array(rows),
    openBefore: new Uint32Array(rows),
    openFirst: 0,
    openLast: 0,
    openCount: 0,
    upTo: 0,
    subjects: whole?.subjects ?? [""],
    subjectNumbers: whole?.subjectNumbers ?? new KeyTable(),
  };
}

const COLUMN_NAMES = Object.keys(createColumns(0)) as readonly (keyof ExchangeColumns)[]; // keys forgets them

/** All that is known of the rows, always in the same order. The lists of those in flight are not among them. */
export function columnsOf(ring: ExchangeRing): readonly Column[] {
  let columns = known.get(ring);
  if (columns === undefined) known.set(ring, (columns = COLUMN_NAMES.map((name) => ring[name])));
  return columns;
}

const known = new WeakMap<ExchangeRing, readonly Column[]>();

/** The row of an exchange that is held; −1 for none. */
export function rowOfSeq(ring: ExchangeRing, seq: number): number {
  const row = seq % ring.capacity;
  return seq > 0 && ring.seq[row] === seq ? row : -1;
}

/** The same by its key: the newest one. */
export function rowOfKey(ring: ExchangeRing, key: number): number {
  const { rows, whole } = ring;
  const slot = key > 0 ? rows.find(key) : -1;
  if (slot >= 0) {
    const row = rowOfSeq(ring, rows.values[slot]!);
    if (row >= 0 && ring.key[row] === key) return row;
  }
  // What was evicted since can still be held at an instant of the past.
  return whole === null || whole.last <= whole.capacity || !(key > 0) ? -1 : ring.key.indexOf(key);
}

/** The rows of so many exchanges with a key, the newest first. */
export function* rowsOfKey(ring: ExchangeRing, key: number, most: number): Generator<number> {
  const all = ring.whole ?? ring;
  let seq = findExchangeSeq(ring, key);
  for (let place = 0; place < most && seq >= all.first; place++) {
    const row = rowOfSeq(ring, seq);
    if (row >= 0 && ring.key[row] === key) yield row;
    const known = rowOfSeq(all, seq);
    seq = known < 0 ? 0 : all.replyBefore[known]!;
  }
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

/** The wait after an exchange ended with its call, as event `number` told. */
export function cutBackoffShort(ring: ExchangeRing, row: number, at: number, number: number): void {
  if (ring.backoffUntil[row]! <= at) return;
  ring.backoffUntil[row] = at;
  ring.touched[row] = number;
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

/** The seq of the exchange with a key; 0 where none is held. */
export function findExchangeSeq({ rows }: ExchangeRing, key: number): number {
  const slot = rows.find(key);
  return slot < 0 ? 0 : (rows.values[slot] ?? 0);
}

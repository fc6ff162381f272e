import { FLAG, KIND, type PeerId } from "../events/events.ts";
import { close, isOpen, rowOfKey, rowOfSeq, UNSETTLED, type ExchangeRing } from "./exchangeRing.ts";
import { seqAmong } from "./sharedReply.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { replyKey } from "../events/replyKey.ts";
import { countServed } from "./perSecondCounters.ts";
import { countUnattributed } from "./outside.ts";
import { prefixBytes } from "../messages/sharedServer.ts";
import { decodeUtf8 } from "../base/utf8.ts";
import type { Instant } from "../base/instant.ts";

/** Subjects told apart by name; further ones are read from their events, while those are held. */
const MOST_SUBJECTS = 4096;

/** Only a request seen at either end makes a row. */
const begins = (kind: number): boolean =>
  kind === KIND.attempted || kind === KIND.sent || kind === KIND.delivered;

/**
 * The seq of the exchange that a new event belongs to, a new one for the first of its events; 0 for none, −1 where it was evicted:
 * none that was comes back while it is in flight.
 */
export function seqFor(record: TrafficRecord, number: number): number {
  const { events, exchanges, evictedInFlight } = record;
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  const key = events.key[e]!;
  if (!(key > 0)) return 0;
  // A call ends after its last exchange, and is no part of it.
  if (kind === KIND.concluded) return -1;
  const slot = exchanges.rows.find(key);
  if (slot >= 0) {
    const seq = exchanges.rows.values[slot]!;
    const row = seq % exchanges.capacity;
    // Requesters of this page give each request a reply subject of its own.
    const isAgain =
      kind === KIND.delivered && exchanges.deliveries[row]! > 0 && exchanges.requester[row] === 0;
    return isAgain || exchanges.replyBefore[row] !== 0 ? seqAmong(record, number) : seq;
  }
  if (!begins(kind) || (evictedInFlight.size > 0 && evictedInFlight.find(key) >= 0)) return -1;
  return exchanges.last + 1;
}

/** The row of the exchange that a held event belongs to, made where it is the first of its events; −1 for none. */
export function rowFor(record: TrafficRecord, number: number): number {
  const { events, exchanges: ring } = record;
  const e = number % events.capacity;
  const seq = events.exchange[e]!;
  const kind = events.kind[e]!;
  if (seq > 0) {
    const row = rowOfSeq(ring, seq);
    if (row >= 0 || !begins(kind) || seq <= ring.upTo || seq + ring.capacity <= ring.last) return row;
    return makeRow(record, seq, events.key[e]!, number);
  }
  // Told after its exchange was evicted: in the order of times that may come later.
  return seq === 0 || kind === KIND.concluded || ring.whole === null ? -1 : rowOfKey(ring, events.key[e]!);
}

function makeRow(record: TrafficRecord, seq: number, key: number, number: number): number {
  const { exchanges: ring } = record;
  const row = seq % ring.capacity;
  if (ring.seq[row]! >= ring.first) evict(record, row);
  const before = ring.whole === null ? enterKey(ring, key, seq) : keptReplyBefore(ring.whole, seq);
  const rowBefore = rowOfSeq(ring, before);
  if (rowBefore >= 0) ring.touched[rowBefore] = number;
  ring.last = Math.max(ring.last, seq);
  ring.seq[row] = seq;
  ring.key[row] = key;
  ring.firstAt[row] = 0;
  ring.attemptedAt[row] = 0;
  ring.sentAt[row] = 0;
  ring.settledAt[row] = 0;
  ring.settling[row] = 0;
  ring.requester[row] = 0;
  ring.call[row] = 0;
  ring.calledAt[row] = 0;
  ring.concluding[row] = 0;
  ring.attemptBefore[row] = 0;
  ring.attemptAfter[row] = 0;
  ring.replyBefore[row] = before;
  ring.parent[row] = 0;
  ring.nestedNewest[row] = 0;
  ring.nestedBefore[row] = 0;
  ring.attempt[row] = 0;
  ring.gathers[row] = 0;
  ring.backoffUntil[row] = 0;
  ring.outcome[row] = UNSETTLED;
  ring.deliveries[row] = 0;
  ring.handled[row] = 0;
  ring.abortedDeliveries[row] = 0;
  ring.answers[row] = 0;
  ring.answeredAt[row] = 0;
  ring.errors[row] = 0;
  ring.arrivals[row] = 0;
  ring.late[row] = 0;
  ring.duplicate[row] = 0;
  ring.responder[row] = 0;
  ring.subject[row] = ring.whole !== null && ring.whole.seq[row] === seq ? ring.whole.subject[row]! : 0;
  ring.newest[row] = 0;
  ring.touched[row] = 0;
  return row;
}

/** Makes an exchange the newest of its key, and gives the seq of the one that was; 0 for none. */
function enterKey({ rows, first }: ExchangeRing, key: number, seq: number): number {
  let slot = rows.find(key);
  const before = slot < 0 ? 0 : rows.values[slot]!;
  if (slot < 0) slot = rows.add(key);
  rows.values[slot] = seq;
  return before >= first ? before : 0;
}

const keptReplyBefore = (whole: ExchangeRing, seq: number): number => {
  const row = rowOfSeq(whole, seq);
  return row < 0 ? 0 : whole.replyBefore[row]!;
};

/** Counted below by so much, no reply to an exchange that gathers is ever a duplicate. */
export const GATHERS = 2 ** 40;

function evict({ exchanges, evictedInFlight }: TrafficRecord, row: number): void {
  const { rows, whole } = exchanges;
  const slot = whole === null ? rows.find(exchanges.key[row]!) : -1;
  if (slot >= 0 && rows.values[slot] === exchanges.seq[row]) rows.remove(slot);
  if (isOpen(exchanges, row)) evictInFlight(exchanges, evictedInFlight, row);
}

/** Keeps count of an exchange in flight whose row is lost. */
export function evictInFlight(
  exchanges: ExchangeRing,
  evictedInFlight: TrafficRecord["evictedInFlight"],
  row: number,
): void {
  const slot = evictedInFlight.add(exchanges.key[row]!);
  evictedInFlight.tags[slot] = exchanges.requester[row]!;
  evictedInFlight.values[slot] = exchanges.arrivals[row]! - (exchanges.gathers[row] === 1 ? GATHERS : 0);
  close(exchanges, row);
}

/** A peer of this page says that the request is its own; its answers were thought to be for somebody elsewhere until now. */
export function attribute(record: TrafficRecord, row: number, peer: PeerId): void {
  const { exchanges, perSecond } = record;
  if (exchanges.requester[row] !== 0) return;
  exchanges.requester[row] = peer;
  if (exchanges.deliveries[row]! > 0) countUnattributed(record, 0, -1);
  const answers = exchanges.answers[row]!;
  if (answers === 0) return;
  record.served -= answers;
  countServed(perSecond, exchanges.answeredAt[row]!, -answers);
}

/** Ends an exchange in flight. `number` is the event that says so. */
export function settle(
  { exchanges, attempts }: TrafficRecord,
  row: number,
  at: Instant,
  code: number,
  number: number,
): void {
  exchanges.settledAt[row] = at;
  exchanges.settling[row] = number;
  exchanges.outcome[row] = code;
  exchanges.touched[row] = number;
  attempts.ended[code]!++;
  close(exchanges, row);
}

/** Gives an exchange the number of its subject, without a prefix, whose name is read once for all exchanges on it. */
export function internSubject(
  ring: ExchangeRing,
  row: number,
  bytes: Uint8Array,
  at: number,
  length: number,
  flags: number,
): void {
  if (ring.subject[row] !== 0) return;
  const { subjects, subjectNumbers } = ring;
  const from = (flags & FLAG.prefixed) === 0 ? at : at + prefixBytes(bytes, at, length);
  const end = at + length;
  const hash = replyKey(bytes, from, end);
  let slot = subjectNumbers.find(hash);
  if (slot < 0) {
    if (subjects.length > MOST_SUBJECTS) return;
    slot = subjectNumbers.add(hash);
    subjectNumbers.values[slot] = subjects.push(decodeUtf8(bytes, from, end)) - 1;
  }
  ring.subject[row] = subjectNumbers.values[slot]!;
}

import { FLAG, KIND, type PeerId } from "../events/events.ts";
import { close, isOpen, UNSETTLED, type ExchangeRing } from "./exchangeRing.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { replyKey } from "../events/replyKey.ts";
import { keptSlot } from "./perSecondCounters.ts";
import { prefixBytes } from "../messages/sharedServer.ts";
import { decodeUtf8 } from "../base/utf8.ts";
import type { Instant } from "../base/instant.ts";

/** Subjects told apart by name; further ones are read from their events, while those are held. */
const MOST_SUBJECTS = 4096;

/**
 * The row of the exchange an event belongs to; −1 when it gave way. Only a request seen at either end makes a new row, and
 * none that gave way comes back while it is in flight.
 */
export function exchangeFor(record: TrafficRecord, kind: number, key: number, at: Instant): number {
  const { exchanges: ring, evictedInFlight } = record;
  const slot = ring.rows.find(key);
  if (slot >= 0) {
    const row = ring.rows.tags[slot]!; // tags are as long as the table
    if (at < ring.firstAt[row]!) ring.firstAt[row] = at;
    return row;
  }
  if (kind !== KIND.attempted && kind !== KIND.sent && kind !== KIND.delivered) return -1;
  if (evictedInFlight.size > 0 && evictedInFlight.find(key) >= 0) return -1;
  const seq = ++ring.last;
  const row = seq % ring.capacity;
  if (seq - ring.capacity >= ring.first) evict(record, row);
  const made = ring.rows.add(key);
  ring.rows.values[made] = seq;
  ring.rows.tags[made] = row;
  ring.seq[row] = seq;
  ring.key[row] = key;
  ring.firstAt[row] = at;
  ring.attemptedAt[row] = 0;
  ring.sentAt[row] = 0;
  ring.settledAt[row] = 0;
  ring.settling[row] = 0;
  ring.requester[row] = 0;
  ring.call[row] = 0;
  ring.parent[row] = 0;
  ring.attempt[row] = 0;
  ring.gathers[row] = 0;
  ring.backoffUntil[row] = 0;
  ring.curtailed[row] = 0;
  ring.outcome[row] = UNSETTLED;
  ring.deliveries[row] = 0;
  ring.cut[row] = 0;
  ring.answers[row] = 0;
  ring.answeredAt[row] = 0;
  ring.errors[row] = 0;
  ring.arrivals[row] = 0;
  ring.late[row] = 0;
  ring.duplicate[row] = 0;
  ring.responder[row] = 0;
  ring.subject[row] = 0;
  ring.newest[row] = 0;
  return row;
}

/** Counted below by so much, no reply to an exchange that gathers is ever a duplicate. */
export const GATHERS = 2 ** 40;

function evict({ events, exchanges, evictedInFlight }: TrafficRecord, row: number): void {
  const key = exchanges.key[row]!;
  // It cannot be told any more what became of it until then.
  events.evictedUpTo = Math.max(events.evictedUpTo, exchanges.settledAt[row]! || exchanges.firstAt[row]!);
  exchanges.rows.remove(exchanges.rows.find(key));
  if (isOpen(exchanges, row)) giveWay(exchanges, evictedInFlight, row);
}

/** Keeps count of an exchange in flight whose row is lost. */
export function giveWay(
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
export function claim(record: TrafficRecord, row: number, peer: PeerId): void {
  const { exchanges, perSecond: seconds } = record;
  if (exchanges.requester[row] !== 0) return;
  exchanges.requester[row] = peer;
  const answers = exchanges.answers[row]!;
  if (answers === 0) return;
  record.served -= answers;
  const second = keptSlot(seconds, exchanges.answeredAt[row]!);
  if (second >= 0) seconds.served[second]! -= answers;
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

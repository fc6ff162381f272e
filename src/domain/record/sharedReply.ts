import { holdsEvent, previousOf } from "./eventRing.ts";
import { rowsOfKey } from "./exchangeRing.ts";
import { bytesOf } from "./eventTexts.ts";
import { type ExchangeKey, HANDLER_RESULTS, KIND, type PeerId } from "../events/events.ts";
import type { TrafficRecord } from "./trafficRecord.ts";

/**
 * Which of several requests with one reply subject an event belongs to. A program elsewhere may use a reply subject as often as it
 * likes, and the server does not number what it delivers. It delivers a message once to a subscription, and once to a queue group: what
 * comes to one again, or is another message, is another request. Which of them an answer is for nobody can see: it is the oldest that
 * its responder has not answered.
 */
export function seqAmong(record: TrafficRecord, number: number): number {
  const { events, exchanges } = record;
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  const rows = [...rowsOfKey(exchanges, events.key[e]!, MOST_SHARING)].reverse();
  const row =
    kind === KIND.delivered
      ? rows.find((each) => mayDeliver(record, each, number))
      : (rows.find((each) => lacks(record, each, events.peer[e]!, kind)) ?? rows.at(-1));
  return row === undefined ? exchanges.last + 1 : exchanges.seq[row]!;
}

/** The seqs of so many of the newest requests that had the reply subject of one, oldest first. */
export function sharingReply({ exchanges }: TrafficRecord, key: ExchangeKey, most: number): number[] {
  return Array.from(rowsOfKey(exchanges, key, most), (row) => exchanges.seq[row]!).reverse();
}

/** Of so many requests with one reply subject the newest are told apart. */
export const MOST_SHARING = 32;

/** So many events of an exchange are looked at. */
const MOST_EVENTS = 256;

/** The numbers of the events of an exchange, newest first. */
function* chain({ events, exchanges }: TrafficRecord, row: number): Generator<number> {
  let number = exchanges.newest[row]!;
  for (let link = 0; link < MOST_EVENTS && number > 0 && holdsEvent(events, number); link++) {
    yield number;
    number = previousOf(events, number);
  }
}

/** Whether a delivery can be one of this exchange: the same message, not delivered to that subscription before. */
function mayDeliver(record: TrafficRecord, row: number, delivery: number): boolean {
  const { events } = record;
  const subscription = subscriptionOf(record, delivery);
  for (const number of chain(record, row)) {
    const kind = events.kind[number % events.capacity]!;
    if (kind === KIND.delivered && subscriptionOf(record, number) === subscription) return false;
    if (kind !== KIND.delivered && kind !== KIND.sent) continue;
    if (!isSameMessage(record, number, delivery)) return false;
  }
  return true;
}

/** What the server delivers a message to once: the queue group, else the subscription of one connection. */
function subscriptionOf({ events, queues }: TrafficRecord, number: number): number | string {
  const e = number % events.capacity;
  const peer = events.peer[e]!;
  const sid = events.code[e]!;
  return queues.get(peer)?.get(sid) ?? subscriptionNumber(peer, sid);
}

const subscriptionNumber = (peer: PeerId, sid: number): number => peer * 2 ** 32 + sid;

/** As far as both are still held. */
function isSameMessage(record: TrafficRecord, a: number, b: number): boolean {
  const { events } = record;
  if (events.size[a % events.capacity] !== events.size[b % events.capacity]) return false;
  return (["subject", "headers", "payload"] as const).every((part) => {
    const [one, other] = [bytesOf(record, a, part), bytesOf(record, b, part)];
    const length = Math.min(one.length, other.length);
    for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
    return part !== "subject" || length === 0 || one.length === other.length;
  });
}

/** Whether an exchange lacks what a peer has done now. */
function lacks(record: TrafficRecord, row: number, peer: PeerId, kind: number): boolean {
  const { exchanges } = record;
  switch (kind) {
    case KIND.attempted:
    case KIND.sent:
      return exchanges.requester[row] === peer || exchanges.requester[row] === 0;
    case KIND.settled:
    case KIND.backoff:
    case KIND.arrived:
      return exchanges.requester[row] === peer;
    default: {
      const done = doneBy(record, row, peer);
      if (kind === KIND.handling) return done.handling < done.delivered;
      if (kind === KIND.answered) return done.answered + done.silent < done.delivered;
      if (kind === KIND.err) return done.answered > done.refused;
      return done.handled < done.delivered;
    }
  }
}

const SILENT = [HANDLER_RESULTS.indexOf("dropped"), HANDLER_RESULTS.indexOf("aborted")];

/** How often a peer was given a request, and what it did with it. What a worker held that ended is done. */
export function doneBy(
  record: TrafficRecord,
  row: number,
  peer: PeerId,
): Readonly<Record<"delivered" | "handling" | "handled" | "answered" | "silent" | "refused", number>> {
  const { events } = record;
  const done = { delivered: 0, handling: 0, handled: 0, answered: 0, silent: 0, refused: 0 };
  const endedAt = record.endings.get(peer)?.at(-1)?.number ?? 0;
  for (const number of chain(record, row)) {
    const e = number % events.capacity;
    if (events.peer[e] !== peer || number < endedAt) continue;
    if (events.kind[e] === KIND.delivered) done.delivered++;
    if (events.kind[e] === KIND.handling) done.handling++;
    if (events.kind[e] === KIND.answered) done.answered++;
    if (events.kind[e] === KIND.err) done.refused++;
    if (events.kind[e] !== KIND.handled) continue;
    done.handled++;
    if (SILENT.includes(events.code[e]!)) done.silent++;
  }
  return done;
}

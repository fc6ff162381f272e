import { KIND, OUTSIDE, type CallId, type ExchangeKey, type PeerId } from "../events/events.ts";
import { NOTHING_GONE, type Exchange } from "../events/exchange.ts";
import { openRows, rowOfKey, rowOfSeq, UNSETTLED } from "../record/exchangeRing.ts";
import { arrivalsOf } from "./arrivals.ts";
import { deliveriesOf, finished, notBefore } from "./deliveries.ts";
import { chainOf, lacksOlder, readExchangeRow, type ExchangeRow } from "./readExchangeRow.ts";
import { outcomeOf, type Outcome } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { payloadOf, reasonOf, textOf } from "../record/eventTexts.ts";
import type { Instant } from "../base/instant.ts";

/**
 * The exchanges that are still held, by seq; `last` is less than `first` when there are none. At an instant of the past some of
 * them may not have begun: `summariseExchange` knows none of those.
 */
export function exchangeRange({ exchanges: { first, last, capacity } }: TrafficRecord): {
  first: number;
  last: number;
} {
  return { first: Math.max(first, last - capacity + 1), last };
}

const isHeld = ({ exchanges }: TrafficRecord, seq: number): boolean =>
  seq >= exchanges.first && rowOfSeq(exchanges, seq) >= 0;

/** The seqs of the exchanges in flight that peers of this page attempted. */
export function* openExchanges(record: TrafficRecord): Generator<number> {
  const { exchanges } = record;
  for (const row of openRows(exchanges)) yield exchanges.seq[row] ?? 0;
}

/** What lists show of an exchange: read from columns, no text but the subject's name. Times in ms. */
export interface ExchangeSummary {
  readonly seq: number;
  readonly key: ExchangeKey;
  readonly call: CallId | null;
  /** Which attempt of its call it is, from 1; null where it is of none. */
  readonly attempt: number | null;
  /** True where every reply is taken until it is settled. */
  readonly gathers: boolean;
  readonly requester: PeerId | null;
  readonly subject: string;
  readonly firstAt: Instant;
  readonly attemptedAt: Instant | null;
  readonly settledAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly latencyMs: number | null;
  readonly deliveries: number;
  /** Those of them that a responder still holds or handles. */
  readonly inHand: number;
  /** Error replies that responders of this page published. */
  readonly errors: number;
  readonly arrivals: number;
  readonly late: number;
  readonly duplicate: number;
  /** Who sent the first reply, `OUTSIDE` for a program elsewhere; null for none. */
  readonly from: PeerId | null;
  /** When the newest of the replies arrived, where they seem to come from outside; null elsewhere. */
  readonly outsideAt: Instant | null;
}

export function summariseExchange(record: TrafficRecord, seq: number): ExchangeSummary | undefined {
  if (!isHeld(record, seq)) return undefined;
  const row = readExchangeRow(record, seq);
  const { arrivals, deliveries, inHand, errors, late, duplicate } = row;
  const attemptedAt = row.attemptedAt || null;
  const settledAt = row.settledAt || null;
  const from = answeredBy(record, seq, row);
  return {
    seq,
    key: row.key,
    call: row.call || null,
    attempt: row.attempt || null,
    gathers: row.gathers,
    requester: row.requester || null,
    subject: subjectOf(record, seq),
    firstAt: row.firstAt,
    attemptedAt,
    settledAt,
    outcome: row.outcome === UNSETTLED ? null : (outcomeOf(row.outcome) ?? null),
    latencyMs: attemptedAt !== null && settledAt !== null ? settledAt - attemptedAt : null,
    deliveries,
    inHand,
    errors,
    arrivals,
    late,
    duplicate,
    from,
    outsideAt: from === OUTSIDE ? latestArrival(record, seq) : null,
  };
}

/** From the name that exchanges on it share; past the most that are told apart, from an event. */
function subjectOf(record: TrafficRecord, seq: number): string {
  const { exchanges, events } = record;
  const row = seq % exchanges.capacity;
  const name = exchanges.subjects[exchanges.subject[row] ?? 0];
  if (name) return name;
  const asking: readonly number[] = [KIND.attempted, KIND.sent, KIND.delivered];
  const numbers = eventsOf(record, seq);
  const one = numbers.find((number) => asking.includes(events.kind[number % events.capacity] ?? -1));
  return textOf(record, one, "subject");
}

function answeredBy(
  record: TrafficRecord,
  seq: number,
  { answers, arrivals, deliveries, responder }: ExchangeRow,
): PeerId | null {
  if (arrivals === 0) {
    // A requester elsewhere gets its reply where this page cannot see it arrive; the answer that left is what is known.
    return answers > 0 ? responder : null;
  }
  if (answers === 0) return OUTSIDE;
  if (deliveries === 1 && answers === 1 && arrivals === 1 && sameSize(record, seq)) {
    return responder;
  }
  const first = readExchange(record, seq)?.arrivals.find(({ verdict }) => verdict !== "noResponders");
  return first ? first.from : deliveries === 1 && answers >= arrivals ? responder : null;
}

/** When the newest reply of which that is still held arrived. */
function latestArrival(record: TrafficRecord, seq: number): Instant {
  const { events } = record;
  let latest = -Infinity;
  for (const number of eventsOf(record, seq)) {
    const e = number % events.capacity;
    if (events.kind[e] === KIND.arrived) latest = Math.max(latest, events.at[e]!);
  }
  return latest;
}

/** True when the newest answer and the newest arrival of an exchange have as many bytes. */
function sameSize(record: TrafficRecord, seq: number): boolean {
  const { events } = record;
  const sizes = new Map<number, number>();
  for (const number of eventsOf(record, seq)) {
    const row = number % events.capacity;
    sizes.set(events.kind[row] ?? 0, events.size[row] ?? 0);
  }
  return sizes.get(KIND.answered) === sizes.get(KIND.arrived);
}

export function findExchange(record: TrafficRecord, key: ExchangeKey): Exchange | undefined {
  const row = rowOfKey(record.exchanges, key);
  return row < 0 ? undefined : readExchange(record, record.exchanges.seq[row]!);
}

/** One exchange with everything that is still known of it; `undefined` when newer ones took its place. */
export function readExchange(record: TrafficRecord, seq: number): Exchange | undefined {
  if (!isHeld(record, seq)) return undefined;
  const { events } = record;
  const row = readExchangeRow(record, seq);
  const numbers = eventsOf(record, seq);
  const of = (kind: number): number | undefined =>
    numbers.find((number) => events.kind[number % events.capacity] === kind);

  const attempted = of(KIND.attempted);
  const sent = of(KIND.sent);
  const asked = sent ?? of(KIND.delivered) ?? attempted;
  const onInbox = of(KIND.arrived) ?? of(KIND.answered);
  const { outcome } = row;
  const settling = row.settling || undefined;
  const sentAt = row.sentAt || null;
  const attemptedAt = row.attemptedAt || null;
  const held = (kind: number): number =>
    numbers.filter((number) => events.kind[number % events.capacity] === kind).length;
  const lacks = lacksOlder(record, record.exchanges.newest[seq % record.exchanges.capacity]!, seq);
  const drafts = deliveriesOf(record, numbers, lacks ? row.deliveries - held(KIND.delivered) : 0);
  notBefore(drafts, sentAt ?? attemptedAt ?? -Infinity);
  const arrived = numbers.filter((number) => events.kind[number % events.capacity] === KIND.arrived);
  const arrivals = arrivalsOf(record, arrived, drafts, lacks ? senderOf(row) : OUTSIDE);
  const replies = arrivals.filter(({ verdict }) => verdict !== "noResponders").length;
  return {
    seq,
    key: row.key,
    call: row.call || null,
    attempt: row.attempt || null,
    gathers: row.gathers,
    backoff: backoffOf(record, of(KIND.backoff), seq),
    parent: row.parent || null,
    requester: row.requester || null,
    subject: subjectOf(record, seq),
    reply: textOf(record, asked, "reply") || textOf(record, onInbox, "subject"),
    request: asked === undefined || asked === attempted ? null : payloadOf(record, asked),
    timeoutMs: attempted === undefined ? null : (events.code[attempted % events.capacity] ?? null),
    attemptedAt,
    sentAt,
    deliveries: finished(drafts),
    arrivals,
    settledAt: row.settledAt || null,
    outcome: outcome === UNSETTLED ? null : (outcomeOf(outcome) ?? null),
    reason: reasonOf(record, settling),
    gone: lacks
      ? {
          some: true,
          deliveries: Math.max(0, row.deliveries - drafts.length),
          answers: Math.max(0, row.answers - held(KIND.answered)),
          arrivals: Math.max(0, row.arrivals - replies),
        }
      : NOTHING_GONE,
  };
}

/** Who sent the replies to an exchange of which only counts are sure; null for not known. */
function senderOf({ answers, arrivals, deliveries, responder }: ExchangeRow): PeerId | null {
  if (answers === 0) return OUTSIDE;
  return deliveries === 1 && answers >= arrivals ? responder : null;
}

function backoffOf(
  { events, exchanges }: TrafficRecord,
  number: number | undefined,
  seq: number,
): Exchange["backoff"] {
  if (number === undefined) return null;
  const e = number % events.capacity;
  const until = exchanges.backoffUntil[seq % exchanges.capacity]!;
  return { at: events.at[e]!, ms: events.code[e]!, until, attempt: events.size[e]! };
}

/** The numbers of an exchange's events that are still held, oldest first. */
function eventsOf(record: TrafficRecord, seq: number): number[] {
  const { exchanges } = record;
  const numbers: number[] = [];
  for (const number of chainOf(record, exchanges.newest[seq % exchanges.capacity] ?? 0, seq)) {
    numbers.push(number);
  }
  return numbers.reverse();
}

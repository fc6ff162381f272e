import { holdsEvent, type EventRing } from "./eventRing.ts";
import { KIND, OUTSIDE, type CallId, type ExchangeKey, type Instant, type PeerId } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { openRows, UNSETTLED } from "./exchangeRing.ts";
import { arrivalsOf } from "./arrivals.ts";
import { deliveriesOf, finished, notBefore } from "./deliveries.ts";
import { outcomeOf, type Outcome } from "./outcomes.ts";
import type { TrafficRecord } from "./record.ts";
import { payloadOf, textOf } from "./eventTexts.ts";

/** The exchanges that are still held, by seq; `last` is less than `first` when there are none. */
export function exchangeRange({ exchanges }: TrafficRecord): { first: number; last: number } {
  return { first: Math.max(exchanges.first, exchanges.last - exchanges.capacity + 1), last: exchanges.last };
}

const isHeld = (record: TrafficRecord, seq: number): boolean => {
  const { first, last } = exchangeRange(record);
  return seq >= first && seq <= last;
};

/** The seqs of the exchanges in flight that peers of this page attempted. */
export function* openExchanges({ exchanges }: TrafficRecord): Generator<number> {
  for (const row of openRows(exchanges)) yield exchanges.seq[row] ?? 0;
}

/** What lists show of an exchange: read from columns, no text but the subject's name. Times in ms. */
export interface ExchangeSummary {
  readonly seq: number;
  readonly key: ExchangeKey;
  readonly call: CallId | null;
  readonly requester: PeerId | null;
  readonly subject: string;
  readonly firstAt: Instant;
  readonly attemptedAt: Instant | null;
  readonly settledAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly latencyMs: number | null;
  readonly deliveries: number;
  readonly arrivals: number;
  readonly late: number;
  readonly duplicate: number;
  /** Who sent the first reply, `OUTSIDE` for a program elsewhere; null for none. */
  readonly from: PeerId | null;
}

export function summariseExchange(record: TrafficRecord, seq: number): ExchangeSummary | undefined {
  if (!isHeld(record, seq)) return undefined;
  const ring = record.exchanges;
  const row = seq % ring.capacity;
  const read = (column: { readonly [at: number]: number }): number => column[row] ?? 0;
  const attemptedAt = read(ring.attemptedAt) || null;
  const settledAt = read(ring.settledAt) || null;
  const outcome = read(ring.outcome);
  const arrivals = read(ring.arrivals);
  const deliveries = read(ring.deliveries);
  return {
    seq,
    key: read(ring.key),
    call: read(ring.call) || null,
    requester: read(ring.requester) || null,
    subject: subjectOf(record, seq),
    firstAt: read(ring.firstAt),
    attemptedAt,
    settledAt,
    outcome: outcome === UNSETTLED ? null : (outcomeOf(outcome) ?? null),
    latencyMs: attemptedAt !== null && settledAt !== null ? settledAt - attemptedAt : null,
    deliveries,
    arrivals,
    late: read(ring.late),
    duplicate: read(ring.duplicate),
    from: answeredBy(record, seq, arrivals, deliveries),
  };
}

/** From the name that exchanges on it share; past the most that are told apart, from an event. */
function subjectOf(record: TrafficRecord, seq: number): string {
  const { exchanges, events } = record;
  const row = seq % exchanges.capacity;
  const name = exchanges.subjects[exchanges.subject[row] ?? 0];
  if (name) return name;
  const asking: readonly number[] = [KIND.attempted, KIND.sent, KIND.delivered];
  const numbers = eventsOf(events, exchanges.newest[row] ?? 0, seq);
  const one = numbers.find((number) => asking.includes(events.kind[number % events.capacity] ?? -1));
  return textOf(record, one, "subject");
}

function answeredBy(record: TrafficRecord, seq: number, arrivals: number, deliveries: number): PeerId | null {
  const { exchanges } = record;
  const row = seq % exchanges.capacity;
  const answers = exchanges.answers[row] ?? 0;
  if (arrivals === 0) {
    // A requester elsewhere gets its reply where this page cannot see it arrive; the answer that left is what is known.
    return answers > 0 ? (exchanges.responder[row] ?? 0) : null;
  }
  if (answers === 0) return OUTSIDE;
  if (deliveries === 1 && answers === 1 && arrivals === 1 && sameSize(record, seq)) {
    return exchanges.responder[row] ?? OUTSIDE;
  }
  return readExchange(record, seq)?.arrivals.find(({ verdict }) => verdict !== "noResponders")?.from ?? null;
}

/** True when the newest answer and the newest arrival of an exchange have as many bytes. */
function sameSize({ events, exchanges }: TrafficRecord, seq: number): boolean {
  const sizes = new Map<number, number>();
  for (const number of eventsOf(events, exchanges.newest[seq % exchanges.capacity] ?? 0, seq)) {
    const row = number % events.capacity;
    sizes.set(events.kind[row] ?? 0, events.size[row] ?? 0);
  }
  return sizes.get(KIND.answered) === sizes.get(KIND.arrived);
}

export function findExchange(record: TrafficRecord, key: ExchangeKey): Exchange | undefined {
  const { rows } = record.exchanges;
  const slot = rows.find(key);
  return slot < 0 ? undefined : readExchange(record, rows.values[slot] ?? 0);
}

/** One exchange with everything that is still known of it; `undefined` when it gave way to newer ones. */
export function readExchange(record: TrafficRecord, seq: number): Exchange | undefined {
  if (!isHeld(record, seq)) return undefined;
  const { exchanges, events } = record;
  const row = seq % exchanges.capacity;
  const numbers = eventsOf(events, exchanges.newest[row] ?? 0, seq);
  const of = (kind: number): number | undefined =>
    numbers.find((number) => events.kind[number % events.capacity] === kind);

  const attempted = of(KIND.attempted);
  const sent = of(KIND.sent);
  const asked = sent ?? of(KIND.delivered) ?? attempted;
  const onInbox = of(KIND.arrived) ?? of(KIND.answered);
  const outcome = exchanges.outcome[row] ?? UNSETTLED;
  const settling = exchanges.settling[row] || undefined;
  const sentAt = exchanges.sentAt[row] || null;
  const attemptedAt = exchanges.attemptedAt[row] || null;
  const drafts = deliveriesOf(record, numbers);
  notBefore(drafts, sentAt ?? attemptedAt ?? -Infinity);
  const arrived = numbers.filter((number) => events.kind[number % events.capacity] === KIND.arrived);
  const arrivals = arrivalsOf(record, arrived, drafts, settling ?? Infinity);
  return {
    seq,
    key: exchanges.key[row] ?? 0,
    call: exchanges.call[row] || null,
    parent: exchanges.parent[row] || null,
    requester: exchanges.requester[row] || null,
    subject: subjectOf(record, seq),
    reply: textOf(record, asked, "reply") || textOf(record, onInbox, "subject"),
    request: asked === undefined || asked === attempted ? null : payloadOf(record, asked),
    timeoutMs: attempted === undefined ? null : (events.code[attempted % events.capacity] ?? null),
    attemptedAt,
    sentAt,
    deliveries: finished(drafts),
    arrivals,
    settledAt: exchanges.settledAt[row] || null,
    outcome: outcome === UNSETTLED ? null : (outcomeOf(outcome) ?? null),
    reason: textOf(record, settling, "payload"),
  };
}

/**
 * A program elsewhere may give every request the same reply subject, which makes them one exchange without end: of such a one
 * the newest events are told.
 */
const MOST_EVENTS = 4096;

/** The numbers of an exchange's events that are still held, oldest first. */
function eventsOf(ring: EventRing, newest: number, seq: number): number[] {
  const numbers: number[] = [];
  let number = newest;
  while (
    numbers.length < MOST_EVENTS &&
    holdsEvent(ring, number) &&
    ring.exchange[number % ring.capacity] === seq
  ) {
    numbers.push(number);
    number = ring.previous[number % ring.capacity] ?? 0;
  }
  return numbers.reverse();
}

import type { Transport } from "../domain/load/comparison.ts";
import { readCounters, type Counters, type Ledger } from "../domain/record/counters.ts";
import { eventSpan } from "../domain/record/eventRing.ts";

import { KIND, PEER_STATES, type PeerId, type PeerState } from "../domain/events/events.ts";
import type { Exchange, Payload } from "../domain/events/exchange.ts";
import { OUTCOMES, type Outcome } from "../domain/events/outcomes.ts";
import {
  exchangeRange,
  readExchange,
  summariseExchange,
  type ExchangeSummary,
} from "../domain/exchanges/readExchange.ts";
import type { TrafficRecord, PeerCounters } from "../domain/record/trafficRecord.ts";
import type { RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { readPeerCounters } from "../domain/record/peerCounters.ts";
import { decodeUtf8 } from "../domain/base/utf8.ts";
import type { CasesSeen } from "./cases.ts";
import type { Instant } from "../domain/base/instant.ts";

/**
 * What a step's condition can see: what was recorded since the step began, and how the page stands. Every member is read when
 * it is first asked for, and bounded, so that asking costs the same under any load.
 */
export interface LessonView {
  /** The exchanges that began in the step, newest first: the newest thousand. Also those of programs outside the page. */
  readonly exchanges: readonly ExchangeSummary[];
  /** The newest hundred of them with what was said. */
  readonly talks: readonly Talk[];
  /** Everything that is known of an exchange. */
  detail(seq: number): Exchange | undefined;
  /** Counted exactly since the step began, however much traffic there was. */
  readonly counts: Counters;
  readonly responders: readonly SeenResponder[];
  readonly requesters: readonly SeenRequester[];
  responder(name: string): SeenResponder | undefined;
  requester(name: string): SeenRequester | undefined;
  /** What peers went through since the step began, oldest first. */
  readonly changes: readonly SeenChange[];
  nameOf(peer: PeerId): string;
  /** How a set of runnable cases stands. */
  cases(set: string): CasesSeen;
  readonly page: SeenPage;
}

export interface Talk {
  readonly exchange: Exchange;
  readonly request: string;
  /** The request as JSON; undefined when it is none. */
  readonly asked: unknown;
  /** The first reply; null for none yet. Of a request from outside: what a responder of this page answered. */
  readonly reply: string | null;
  readonly answered: unknown;
}

/** A responder as it is now; its tally counts from the beginning of the step. */
export interface SeenResponder {
  readonly id: PeerId;
  readonly name: string;
  readonly setup: ResponderSetup;
  readonly state: PeerState;
  readonly tally: PeerCounters;
}

export interface SeenRequester {
  readonly id: PeerId;
  readonly name: string;
  readonly setup: RequesterSetup;
  readonly state: PeerState;
  readonly underLoad: boolean;
}

export interface SeenChange {
  readonly peer: PeerId;
  readonly state: PeerState;
  readonly at: Instant;
}

/** What a person looks at. For the few steps that are about looking. */
export interface SeenPage {
  /** The open tab of the Results, by its name; empty when they are folded away. */
  readonly tab: string;
  /** The exchange that is selected, or null. */
  readonly exchange: number | null;
  /** The requester or responder that is selected, or null. */
  readonly peer: PeerId | null;
  readonly serverConnected: boolean;
  /** The last comparison with HTTP that ran to its end in the page: how many replies each way got; null for none. */
  readonly comparison: Readonly<Record<Transport, number>> | null;
}

/** What the page adds to the record. */
export interface Surroundings {
  readonly responders: readonly Omit<SeenResponder, "tally">[];
  readonly requesters: readonly SeenRequester[];
  readonly page: SeenPage;
  nameOf(peer: PeerId): string;
  cases(set: string): CasesSeen;
}

/** Where a step began. */
export interface Mark {
  readonly seq: number;
  readonly event: number;
  readonly counts: Counters;
  readonly tallies: ReadonlyMap<PeerId, PeerCounters>;
}

const MOST_EXCHANGES = 1000;
const MOST_TALKS = 100;

export function markOf(record: TrafficRecord): Mark {
  return {
    seq: record.exchanges.last,
    event: record.events.last,
    counts: readCounters(record),
    tallies: new Map([...record.peers.keys()].map((peer) => [peer, readPeerCounters(record, peer)])),
  };
}

/** `end`: of the exchanges, only those that had begun by then. */
export function viewSince(record: TrafficRecord, mark: Mark, around: Surroundings, end?: Mark): LessonView {
  const exchanges = once(() => exchangesSince(record, mark, end?.seq ?? Infinity));
  const talks = once(() => talksOf(record, exchanges()));
  const counts = once(() => countsSince(readCounters(record), mark.counts));
  const changes = once(() => changesSince(record, mark));
  const responders = once(() =>
    around.responders.map((peer) => ({
      ...peer,
      tally: tallySince(readPeerCounters(record, peer.id), mark.tallies.get(peer.id)),
    })),
  );
  return {
    get exchanges() {
      return exchanges();
    },
    get talks() {
      return talks();
    },
    get counts() {
      return counts();
    },
    get changes() {
      return changes();
    },
    get responders() {
      return responders();
    },
    requesters: around.requesters,
    responder: (name) => responders().find((peer) => peer.name === name),
    requester: (name) => around.requesters.find((peer) => peer.name === name),
    detail: (seq) => readExchange(record, seq),
    nameOf: around.nameOf,
    cases: around.cases,
    page: around.page,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function exchangesSince(record: TrafficRecord, mark: Mark, end: number): ExchangeSummary[] {
  const { first, last } = exchangeRange(record);
  const found: ExchangeSummary[] = [];
  for (
    let seq = Math.min(last, end);
    seq >= first && seq > mark.seq && found.length < MOST_EXCHANGES;
    seq--
  ) {
    const summary = summariseExchange(record, seq);
    if (summary) found.push(summary);
  }
  return found;
}

function talksOf(record: TrafficRecord, exchanges: readonly ExchangeSummary[]): Talk[] {
  const talks: Talk[] = [];
  for (const { seq } of exchanges.slice(0, MOST_TALKS)) {
    const exchange = readExchange(record, seq);
    if (!exchange) continue;
    const request = textIn(exchange.request) ?? "";
    const arrived = exchange.arrivals.find(({ verdict }) => verdict !== "noResponders");
    const reply = textIn(arrived?.message ?? firstAnswer(exchange));
    talks.push({
      exchange,
      request,
      asked: jsonIn(request),
      reply,
      answered: reply === null ? undefined : jsonIn(reply),
    });
  }
  return talks;
}

/** A requester elsewhere gets its reply where the page cannot see it; what left here is what is known. */
const firstAnswer = ({ requester, deliveries }: Exchange): Payload | null =>
  requester === null ? (deliveries.find(({ answer }) => answer !== null)?.answer ?? null) : null;

const textIn = (payload: Payload | null): string | null => (payload ? decodeUtf8(payload.bytes) : null);

function jsonIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function changesSince(record: TrafficRecord, mark: Mark): SeenChange[] {
  const { events, milestones } = record;
  const { first } = eventSpan(events);
  return milestones
    .filter((number) => number > mark.event && number >= first)
    .flatMap((number) => {
      const row = number % events.capacity;
      const state = PEER_STATES[events.code[row] ?? -1];
      // Errors of the server are milestones too, and no state.
      if (events.kind[row] !== KIND.state || state === undefined) return [];
      return [
        {
          peer: events.peer[row] ?? 0,
          state,
          at: events.at[row] ?? 0,
        },
      ];
    });
}

/** A counter since the mark. One that is smaller than it was then has been reset in between. */
const since = (now: number, then: number): number => (now >= then ? now - then : now);

function tallySince(now: PeerCounters, then: PeerCounters | undefined): PeerCounters {
  if (!then) return now;
  return {
    ...now,
    received: since(now.received, then.received),
    replied: since(now.replied, then.replied),
    errors: since(now.errors, then.errors),
    dropped: since(now.dropped, then.dropped),
    sent: since(now.sent, then.sent),
  };
}

function countsSince(now: Counters, then: Counters): Counters {
  return {
    calls: ledgerSince(now.calls, then.calls),
    exchanges: ledgerSince(now.exchanges, then.exchanges),
    late: since(now.late, then.late),
    duplicate: since(now.duplicate, then.duplicate),
    served: since(now.served, then.served),
    dropped: now.dropped,
  };
}

function ledgerSince(now: Ledger, then: Ledger): Ledger {
  const counts = OUTCOMES.map(
    (outcome) => [outcome, since(now.outcomes[outcome], then.outcomes[outcome])] as const,
  );
  return {
    started: since(now.started, then.started),
    inFlight: now.inFlight,
    outcomes: Object.fromEntries(counts) as Record<Outcome, number>, // fromEntries forgets the keys
  };
}

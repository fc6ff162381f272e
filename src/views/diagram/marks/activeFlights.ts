import { OUTSIDE, type PeerId } from "../../../domain/events/events.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import { exchangeRevision } from "../../../domain/exchanges/exchangeRevision.ts";
import { planFlight, type Flight } from "../../../domain/timeline/flight.ts";
import { exchangeRange, readExchange } from "../../../domain/exchanges/readExchange.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import { isDrawn, MOST_DRAWN, Sampler } from "./sampling.ts";
import { ATTRIBUTION_WINDOW_MS } from "../../../domain/record/outside.ts";
import type { Instant } from "../../../domain/base/instant.ts";

/** The least time a message takes between two places on the screen: long enough to follow with the eye. */
const MIN_LEG_MS = 300;
/** Requests of one burst would lie on top of each other: each takes somewhat longer than its neighbours, by its seq. */
const SPREAD_MS = 13;
const SPREAD = 16;
/** Shares no factor with `SPREAD` or the steps of sampling, so that neighbours get different times. */
const STRIDE = 7;
/** How long the sign of a timeout stays. */
export const EXPIRED_MS = 900;

/** An exchange that is drawn. */
export interface Drawn {
  readonly seq: number;
  readonly subject: string;
  readonly flight: Flight;
  /** When it timed out and at whose inbox that is to be seen. */
  readonly expired: { readonly peer: PeerId; readonly at: Instant } | null;
}

/** What the drawn exchanges tell about who takes part. */
export interface Learned {
  /** A requester's reply subject, which holds its inbox. */
  inbox(peer: PeerId, reply: string): void;
  /** A program outside the page asked, or answered. */
  outsider(role: "asks" | "answers"): void;
  /** The record was emptied: who took part is forgotten. */
  emptied(): void;
}

interface Entry {
  revision: number;
  readonly admittedAt: Instant;
  drawn: Drawn | null;
  /** When more became known of it last. */
  revisedAt: Instant;
  /** It seems that a program outside asked or answered, as far as is known. */
  outsider: "asks" | "answers" | null;
}

/** Waiting exchanges may fill the screen for long; beyond this the oldest of them are no longer drawn. */
const MOST_KEPT = 2 * MOST_DRAWN;

/** Follows the record and keeps the exchanges that are on screen, reading again only those of which more is known. */
export class ActiveFlights {
  readonly #learned: Learned;
  readonly #sampler = new Sampler();
  readonly #entries = new Map<number, Entry>();
  #lastSeq: number | null = null;
  /** How long an exchange is on screen, on average of the latest. */
  #staysMs = 4 * MIN_LEG_MS;

  constructor(learned: Learned) {
    this.#learned = learned;
  }

  /** One of how many exchanges is drawn. */
  get every(): number {
    return this.#sampler.every;
  }

  /** How many exchanges are kept because they are on screen, or may be soon. */
  get size(): number {
    return this.#entries.size;
  }

  /** Takes in what is new in the record and forgets what is over. Cheap when nothing changed. */
  update(record: TrafficRecord, now: Instant): void {
    this.#admit(record, now);
    for (const [seq, entry] of this.#entries) {
      const revision = exchangeRevision(record, seq);
      if (revision === null) {
        this.#entries.delete(seq);
        continue;
      }
      if (revision !== entry.revision) {
        entry.revision = revision;
        const exchange = readExchange(record, seq);
        entry.drawn = exchange ? this.#drawnOf(exchange) : null;
        entry.revisedAt = now;
        entry.outsider = exchange ? outsiderOf(exchange) : null;
      }
      if (entry.outsider !== null && now - entry.revisedAt > ATTRIBUTION_WINDOW_MS) {
        this.#learned.outsider(entry.outsider);
        entry.outsider = null;
      }
      if (entry.drawn && endOf(entry.drawn) < now) {
        this.#entries.delete(seq);
        this.#staysMs += (now - entry.admittedAt - this.#staysMs) * 0.05;
      }
    }
  }

  /** The exchanges to draw, in the order in which they began. */
  *drawn(): Generator<Drawn> {
    for (const { drawn } of this.#entries.values()) if (drawn) yield drawn;
  }

  #admit(record: TrafficRecord, now: Instant): void {
    const { first, last } = exchangeRange(record);
    // What was there before anybody looked is history, but for the last moments.
    const since = this.#lastSeq ?? Math.max(first - 1, last - MOST_DRAWN);
    const from = Math.max(first, since + 1);
    if (last < first && this.#lastSeq !== null && this.#entries.size > 0) this.#learned.emptied();
    this.#lastSeq = last;
    const every = this.#sampler.take(Math.max(0, last - from + 1), this.#staysMs, now);
    for (let seq = Math.ceil(from / every) * every; seq <= last; seq += every) {
      if (isDrawn(seq, every))
        this.#entries.set(seq, {
          revision: -1,
          admittedAt: now,
          drawn: null,
          revisedAt: now,
          outsider: null,
        });
    }
    this.#makeRoom(now);
  }

  #makeRoom(now: Instant): void {
    if (this.#entries.size <= MOST_KEPT) return;
    for (const [seq, { drawn }] of this.#entries) {
      if (drawn && drawn.flight.legs.some(({ endsAt }) => endsAt > now)) continue;
      this.#entries.delete(seq);
      if (this.#entries.size <= MOST_KEPT) return;
    }
  }

  #drawnOf(exchange: Exchange): Drawn {
    const { seq, subject, requester, reply, outcome, settledAt } = exchange;
    if (requester !== null) this.#learned.inbox(requester, reply);
    const timedOut = outcome === "timedOut" && settledAt !== null && requester !== null;
    return {
      seq,
      subject,
      flight: planFlight(exchange, { minLegMs: minLegMs(seq) }),
      expired: timedOut ? { peer: requester, at: settledAt } : null,
    };
  }
}

/** In ms; the same whenever one asks, or marks would jump. */
const minLegMs = (seq: number): number =>
  MIN_LEG_MS + ((Math.floor(seq / SPREAD) + seq * STRIDE) % SPREAD) * SPREAD_MS;

function outsiderOf({ requester, deliveries, arrivals }: Exchange): Entry["outsider"] {
  if (requester === null) return deliveries.length > 0 ? "asks" : null;
  return arrivals.some(({ from }) => from === OUTSIDE) ? "answers" : null;
}

const endOf = ({ flight, expired }: Drawn): Instant =>
  Math.max(flight.endsAt, expired === null ? 0 : expired.at + EXPIRED_MS);

import { eventSpan } from "./eventRing.ts";
import { rowOfSeq } from "./exchangeRing.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** What became of a record since somebody looked last. */
export interface Changes {
  /** What was known is worth nothing any more: the record was emptied, or too much happened meanwhile. */
  readonly afresh: boolean;
  readonly emptied: boolean;
  /** New events, by their numbers, as far as they are held; `last` is less than `first` for none. */
  readonly first: number;
  readonly last: number;
  /** The oldest event and the oldest exchange that are held: what is before them was evicted. */
  readonly firstEvent: number;
  readonly firstSeq: number;
  /** New exchanges that are held, by their seqs; `lastSeq` is less than `firstNewSeq` for none. */
  readonly firstNewSeq: number;
  readonly lastSeq: number;
  /** Events that were known and are told at another time now, and at which they were told. */
  readonly moved: readonly { readonly number: number; readonly from: Instant }[];
}

/** Follows a record: everybody who keeps something made of it asks one of these what is new. */
export class RecordCursor {
  readonly #record: TrafficRecord;
  #cleared = -1;
  #seen = 0;
  #seenSeq = 0;
  #moves = 0;
  #touched = 0;

  /** Begins with everything that is held, or with what comes from now on. */
  constructor(record: TrafficRecord, from: "everything" | "now" = "everything") {
    this.#record = record;
    this.#moves = record.events.moves.count;
    if (from === "everything") return;
    this.#cleared = record.events.first;
    this.#seen = record.events.last;
    this.#seenSeq = record.exchanges.last;
    this.#touched = record.events.last;
  }

  /** What is new since the last time. */
  next(): Changes {
    const { events, exchanges } = this.#record;
    const { first: firstEvent, last } = eventSpan(events);
    const moved = this.#movedSince();
    const emptied = this.#cleared !== -1 && events.first !== this.#cleared;
    const afresh = events.first !== this.#cleared || moved === null || firstEvent > this.#seen + 1;
    const first = afresh ? firstEvent : Math.max(firstEvent, this.#seen + 1);
    const firstSeq = Math.max(exchanges.first, exchanges.last - exchanges.capacity + 1);
    const firstNewSeq = Math.max(firstSeq, this.#seenSeq + 1);
    if (afresh) this.#touched = 0;
    this.#cleared = events.first;
    this.#seen = last;
    this.#seenSeq = exchanges.last;
    return {
      afresh,
      emptied,
      first,
      last,
      firstEvent,
      firstSeq,
      firstNewSeq,
      lastSeq: exchanges.last,
      moved: moved ?? [],
    };
  }

  /**
   * The exchanges of which anything changed since this was asked last, by their seqs: new ones, and older ones again. `among`: only
   * these are looked at, for whoever follows few.
   */
  *touched(among?: Iterable<number>): Generator<number> {
    const { exchanges, events } = this.#record;
    const since = this.#touched;
    if (since === events.last) return;
    this.#touched = events.last;
    if (among) {
      for (const seq of among) if (exchanges.touched[rowOfSeq(exchanges, seq)]! > since) yield seq;
      return;
    }
    const end = Math.min(exchanges.capacity, exchanges.last + 1);
    for (let row = 0; row < end; row++) {
      if (exchanges.touched[row]! > since && exchanges.seq[row]! >= exchanges.first)
        yield exchanges.seq[row]!;
    }
  }

  /** Null where more moved than is remembered. */
  #movedSince(): { number: number; from: Instant }[] | null {
    const { moves } = this.#record.events;
    const missed = moves.count - this.#moves;
    this.#moves = moves.count;
    if (missed > moves.numbers.length) return null;
    return Array.from({ length: missed }, (_, place) => {
      const slot = (moves.count - missed + place) % moves.numbers.length;
      return { number: moves.numbers[slot]!, from: moves.from[slot]! };
    });
  }
}

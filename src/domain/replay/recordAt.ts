import { restoreState } from "../record/checkpoints.ts";
import { createRecord } from "../record/createRecord.ts";
import { eventSpan } from "../record/eventRing.ts";
import { createExchangeRing } from "../record/exchangeRing.ts";
import { restoreRows } from "../record/keptRows.ts";
import { noteLastError } from "../record/peerCounters.ts";
import { reduce } from "../record/reduce.ts";
import type { Checkpoint, KeptRows, TrafficRecord } from "../record/trafficRecord.ts";
import type { ReplayIndex } from "./replayIndex.ts";
import type { Instant } from "../base/instant.ts";

/** Rows of exchanges are made room for in steps of so many. */
const ROOM = 8192;

/** By row, where it comes from: the id of the kept rows, 0 for none, and the place in them. */
const originsOf = (rows: number) => ({ ids: new Uint32Array(rows), places: new Uint32Array(rows) });

/**
 * A record as it was at an instant: a checkpoint, and the events after it up to that instant in the order of their times, taken in by
 * the one reducer. It is one record that is moved: on from where it is, or from a checkpoint before. Texts, and what is said once of
 * each event, it shares with the whole.
 */
export class PastRecord {
  readonly #whole: TrafficRecord;
  readonly #index: ReplayIndex;
  #record: TrafficRecord | null = null;
  /** By row of the exchanges: the id of the kept rows that it was restored from, and the place in those; and room for the next. */
  #origin = originsOf(0);
  #nextOrigin = originsOf(0);
  #checkpoint: Checkpoint | null = null;
  /** The place in the order of times behind all that was taken in. */
  #done = 0;
  #generation = -1;

  constructor(whole: TrafficRecord, index: ReplayIndex) {
    this.#whole = whole;
    this.#index = index;
  }

  /**
   * The record at an instant that is no earlier than what can be told. It is good until the next one is asked for, or the whole
   * changes. `version` is for whoever compares.
   */
  at(instant: Instant, version: number): TrafficRecord {
    const whole = this.#whole;
    const at = Math.max(instant, whole.events.evictedUpTo);
    const end = this.#index.placeAt(at);
    const checkpoint = this.#checkpointFor(at, end);
    const record = this.#goesOnTo(end, checkpoint) ? this.#record! : this.#restored(checkpoint, end);
    record.events.first = whole.events.first;
    record.events.last = whole.events.last;
    this.#takeIn(record, end);
    return {
      ...record,
      version,
      events: { ...whole.events, back: record.events.back },
      latency: whole.latency,
      perSecond: whole.perSecond,
      past: { at, index: this.#index, whole },
    };
  }

  /** The newest checkpoint of which all events had happened. */
  #checkpointFor(at: Instant, end: number): Checkpoint {
    const { all, oldest } = this.#whole.checkpoints;
    for (let place = all.length - 1; place > oldest; place--) {
      const checkpoint = all[place]!;
      if (checkpoint.latestAt > at || checkpoint.number > this.#index.last) continue;
      if (!this.#hasLater(checkpoint, end)) return checkpoint;
    }
    return all[oldest]!; // there is always one
  }

  /** Whether an event up to a checkpoint comes later in the order, where many share one time. */
  #hasLater({ number: last, latestAt }: Checkpoint, end: number): boolean {
    const { at, capacity } = this.#whole.events;
    for (let place = end; place < this.#index.endPlace; place++) {
      const number = this.#index.numberAt(place);
      if (number === undefined) continue;
      if (at[number % capacity]! > latestAt) return false;
      if (number <= last) return true;
    }
    return false;
  }

  #goesOnTo(end: number, nearest: Checkpoint): boolean {
    const { events, checkpoints } = this.#whole;
    const known = this.#checkpoint;
    if (this.#record === null || known === null || this.#generation !== this.#index.generation) return false;
    if (end < this.#done || known.number < eventSpan(events).first - 1) return false;
    return end - this.#done <= checkpoints.every || nearest.number <= known.number;
  }

  #restored(checkpoint: Checkpoint, end: number): TrafficRecord {
    const { all } = this.#whole.checkpoints;
    const record = this.#room();
    const origin = this.#nextOrigin;
    origin.ids.fill(0);
    const found = new Map<number, KeptRows>();
    let earliest = Infinity;
    for (const { number, kept, earliestAfter } of all) {
      if (number >= checkpoint.number) earliest = Math.min(earliest, earliestAfter);
      if (number > checkpoint.number) continue;
      found.set(kept.id, kept);
      for (let place = 0; place < kept.rows.length; place++) {
        const row = kept.rows[place]!;
        origin.ids[row] = kept.id;
        origin.places[row] = place;
      }
    }
    this.#restoreRows(record, found);
    restoreState(record, checkpoint.state);
    this.#restoreChain(record, checkpoint);
    this.#checkpoint = checkpoint;
    this.#generation = this.#index.generation;
    this.#done = this.#index.placeSince(earliest, end);
    return record;
  }

  /** A record with room for all exchanges there are. */
  #room(): TrafficRecord {
    const { exchanges, events, limits, texts, reasons } = this.#whole;
    const needed = Math.min(exchanges.capacity, Math.ceil((exchanges.last + 1) / ROOM) * ROOM);
    if (this.#record !== null && this.#origin.ids.length >= needed) {
      this.#record.exchanges.first = exchanges.first;
      return this.#record;
    }
    this.#origin = originsOf(needed);
    this.#nextOrigin = originsOf(needed);
    this.#checkpoint = null;
    const ring = createExchangeRing(exchanges.capacity, exchanges, needed);
    ring.first = exchanges.first;
    const empty = createRecord({ events: 0, exchanges: 0, textBytes: 0 });
    const back = this.#record?.events.back ?? new Int32Array(events.capacity);
    this.#record = { ...empty, limits, texts, reasons, exchanges: ring, events: { ...events, back } };
    return this.#record;
  }

  /** Only rows that were changed since they were restored, or are to be restored from elsewhere: whole runs of them at once. */
  #restoreRows({ exchanges }: TrafficRecord, found: ReadonlyMap<number, KeptRows>): void {
    const { seq, touched } = exchanges;
    const before = this.#origin;
    const { ids, places } = this.#nextOrigin;
    const last = this.#checkpoint?.number ?? -1;
    const isToBe = (row: number): boolean =>
      ids[row] !== before.ids[row] || places[row] !== before.places[row] || touched[row]! > last;
    for (let row = 0; row < ids.length; row++) {
      if (!isToBe(row)) continue;
      const id = ids[row]!;
      const place = places[row]!;
      const kept = found.get(id);
      if (kept === undefined) {
        seq[row] = 0;
        touched[row] = 0;
        continue;
      }
      let count = 1;
      while (ids[row + count] === id && places[row + count] === place + count && isToBe(row + count)) count++;
      restoreRows(exchanges, kept, place, row, count);
      row += count - 1;
    }
    this.#nextOrigin = before;
    this.#origin = { ids, places };
  }

  /** Events up to a checkpoint are chained as they came. */
  #restoreChain({ events: { back } }: TrafficRecord, { number: last }: Checkpoint): void {
    const { events } = this.#whole;
    const { first } = eventSpan(events);
    for (let number = Math.max(first, this.#checkpoint?.number ?? 0); number <= last;) {
      const e = number % events.capacity;
      const count = Math.min(last - number + 1, events.capacity - e);
      back.set(events.back.subarray(e, e + count), e);
      number += count;
    }
  }

  #takeIn(record: TrafficRecord, end: number): void {
    const last = this.#checkpoint!.number; // what is taken in goes on from one
    for (; this.#done < end; this.#done++) {
      const number = this.#index.numberAt(this.#done);
      if (number !== undefined && number > last) reduce(record, number);
    }
    for (const counts of record.peers.values()) noteLastError(record, counts);
  }
}

import { firstPlace } from "../base/binarySearch.ts";
import { TICK_MS } from "../record/clockSkew.ts";
import { RecordCursor, type Changes } from "../record/recordCursor.ts";
import { eventSpan, holdsEvent } from "../record/eventRing.ts";
import { isOpen } from "../record/exchangeRing.ts";
import { chainOf, lacksOlder } from "../exchanges/readExchangeRow.ts";
import { KIND } from "../events/events.ts";
import { mergedRuns } from "../base/mergeRuns.ts";
import type { TimeIndex, TrafficRecord } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** Exchanges are looked through in blocks of so many. */
const BLOCK = 64;
/**
 * What makes any instant of a record quick to find: its events in the order of their times, and when each exchange was under way. It
 * is built once and then only adds what is new; it holds no text and no event. Events that were evicted stay in its order until
 * they are trimmed, and are passed over.
 */
export class ReplayIndex implements TimeIndex {
  /** By row of the event ring: when it happened. Every two differ, so that an instant can lie between any two events. */
  readonly when: Float64Array;
  /** The number of the newest event that was taken in. */
  last = 0;
  readonly #record: TrafficRecord;
  readonly #cursor: RecordCursor;
  /** In the order of their times; the first `#start` of them are forgotten. */
  #numbers: Float64Array<ArrayBufferLike> = new Float64Array(1024);
  #start = 0;
  #end = 0;
  /** By row of the exchange ring: which one it is, and when the first and the last of its events happened. */
  readonly #seq: Float64Array;
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  /** Seqs in the order in which they began, and the latest end in each block of them. */
  #begun: Float64Array<ArrayBufferLike> = new Float64Array(0);
  #ends: Float64Array<ArrayBufferLike> = new Float64Array(0);
  /** Grows whenever the order of what was there changed, or something was added. */
  generation = 0;

  constructor(record: TrafficRecord) {
    this.#record = record;
    this.#cursor = new RecordCursor(record);
    this.when = new Float64Array(record.events.capacity);
    this.#seq = new Float64Array(record.exchanges.capacity);
    this.#from = new Float64Array(record.exchanges.capacity);
    this.#to = new Float64Array(record.exchanges.capacity);
    this.update();
  }

  /** Takes in what was recorded since. True when there was something. */
  update(): boolean {
    const { events } = this.#record;
    const { afresh, first, last, moved } = this.#cursor.next();
    if (!afresh && first > last && moved.length === 0) return false;
    // So much was forgotten that places are counted anew; or some were evicted unseen, of exchanges that were timed without.
    const all = afresh || this.#end > 2 * events.capacity;
    if (all) this.#forget();
    this.#append(this.#newFrom(all ? eventSpan(events).first : first, last, moved), last);
    this.#orderExchanges();
    this.generation++;
    return true;
  }

  /** When the first and the last event that can be told happened; null when there are none. */
  span(): { readonly from: Instant; readonly to: Instant } | null {
    const first = this.numberAt(this.firstPlace);
    const last = this.numberAt(this.#end - 1);
    return first === undefined || last === undefined
      ? null
      : { from: this.whenOf(first), to: this.whenOf(last) };
  }

  /** Events have places in the order of their times, `firstPlace` to `endPlace` − 1. */
  get firstPlace(): number {
    const { events } = this.#record;
    while (this.#start < this.#end && !holdsEvent(events, this.#numbers[this.#start]!)) this.#start++;
    // Of the time before that some events are held and some are not.
    return this.#placeAt(events.evictedUpTo, this.#start);
  }

  get endPlace(): number {
    return this.#end;
  }

  /** The number of the event at a place; undefined where there is none, or where it was evicted. */
  numberAt(place: number): number | undefined {
    if (place < this.#start || place >= this.#end) return undefined;
    const number = this.#numbers[place]!;
    return holdsEvent(this.#record.events, number) ? number : undefined;
  }

  /** When a held event happened. */
  whenOf(number: number): Instant {
    return this.when[number % this.when.length]!;
  }

  /** The place behind everything that had happened by then. */
  placeAt(at: Instant): number {
    return this.#placeAt(at, this.firstPlace);
  }

  /** The place of the first event since an instant, before a place; whether or not all of that time can be told. */
  placeSince(at: Instant, end: number): number {
    let place = end;
    for (; place > this.#start; place--) {
      const number = this.numberAt(place - 1);
      if (number !== undefined && this.whenOf(number) < at) break;
    }
    return place;
  }

  #placeAt(at: Instant, from: number): number {
    const { events } = this.#record;
    return firstPlace(from, this.#end, (place) => {
      const number = this.#numbers[place]!;
      return holdsEvent(events, number) && this.whenOf(number) > at;
    });
  }

  /** How many of the held exchanges had begun. */
  begunCount(at: Instant): number {
    return this.#begunBy(at);
  }

  /** The seq of the exchange that began as the `place`th, counted from 0. */
  begunAt(place: number): number | undefined {
    return this.#begun[place];
  }

  /** Its place among them. */
  begunPlace(seq: number): number {
    return this.#begunBy(this.#from[seq % this.#from.length]!) - 1;
  }

  /** The exchanges that had begun and of which more was to come after `since`, or may be still; latest first. */
  *underWayAt(at: Instant, since = at): Generator<number> {
    const end = this.#begunBy(at);
    for (let block = Math.ceil(end / BLOCK) - 1; block >= 0; block--) {
      if (this.#ends[block]! < since) continue;
      for (let place = Math.min(end, (block + 1) * BLOCK) - 1; place >= block * BLOCK; place--) {
        const seq = this.#begun[place]!;
        const row = seq % this.#seq.length;
        if (this.#seq[row] === seq && this.#to[row]! >= since) yield seq;
      }
    }
  }

  /** True while an exchange was under way of which the end is known. */
  isBusyAt(at: Instant): boolean {
    for (const seq of this.underWayAt(at)) if (this.#to[seq % this.#to.length] !== Infinity) return true;
    return false;
  }

  #forget(): void {
    this.last = 0;
    this.#start = 0;
    this.#end = 0;
    this.#seq.fill(0);
    this.#orderExchanges();
  }

  /** The numbers to put in order: new ones, and those at the end whose order they may change, which are taken out. */
  #newFrom(from: number, last: number, moved: Changes["moved"]): Float64Array {
    const { events } = this.#record;
    let earliest = Infinity;
    for (const { number, from: before } of moved) {
      earliest = Math.min(earliest, before, events.at[number % events.capacity]!);
    }
    for (let number = from; number <= last; number++) {
      earliest = Math.min(earliest, events.at[number % events.capacity]!);
    }
    let end = this.#end;
    while (end > this.#start) {
      const number = this.#numbers[end - 1]!;
      if (holdsEvent(events, number) && this.whenOf(number) < earliest) break;
      end--;
    }
    const again = this.#numbers
      .slice(end, this.#end)
      .filter((number) => holdsEvent(events, number))
      .sort();
    this.#end = end;
    const all = new Float64Array(again.length + Math.max(0, last - from + 1));
    all.set(again);
    for (let number = from; number <= last; number++) all[again.length + number - from] = number;
    return all;
  }

  #append(numbers: Float64Array, last: number): void {
    const { events } = this.#record;
    const { at, capacity } = events;
    const order = mergedRuns(
      numbers.length,
      (a, b) => at[numbers[b]! % capacity]! < at[numbers[a]! % capacity]!,
    );
    this.#makeRoom(numbers.length);
    let before = this.#end > this.#start ? this.whenOf(this.#numbers[this.#end - 1]!) : -Infinity;
    const touched = new Set<number>();
    this.last = last;
    for (const index of order) {
      const number = numbers[index]!;
      const e = number % capacity;
      before = Math.max(at[e]!, before + TICK_MS);
      this.when[e] = before;
      this.#numbers[this.#end++] = number;
      const seq = events.exchange[e]!;
      if (seq > 0) touched.add(seq);
    }
    for (const seq of touched) this.#timeExchange(seq);
  }

  #makeRoom(count: number): void {
    const needed = this.#end + count;
    if (needed <= this.#numbers.length) return;
    const grown = new Float64Array(Math.max(needed, this.#numbers.length * 2));
    grown.set(this.#numbers.subarray(0, this.#end));
    this.#numbers = grown;
  }

  #timeExchange(seq: number): void {
    const record = this.#record;
    const { exchanges, events } = record;
    const row = seq % exchanges.capacity;
    if (exchanges.seq[row] !== seq) return;
    let from = Infinity;
    let to = -Infinity;
    let atWork = -exchanges.abortedDeliveries[row]!;
    for (const number of chainOf(record, exchanges.newest[row]!, seq)) {
      if (number > this.last) continue;
      const when = this.whenOf(number);
      if (when < from) from = when;
      if (when > to) to = when;
      const kind = events.kind[number % events.capacity];
      if (kind === KIND.delivered) atWork++;
      else if (kind === KIND.handled) atWork--;
    }
    // What was evicted is long past.
    if (lacksOlder(record, exchanges.newest[row]!, seq)) from = Math.min(from, exchanges.firstAt[row]!);
    // The end of a worker settles without an event of the exchange.
    const settling = exchanges.settling[row]!;
    if (holdsEvent(events, settling)) to = Math.max(to, this.whenOf(settling));
    this.#seq[row] = seq;
    this.#from[row] = from;
    const over = Math.max(to, exchanges.settledAt[row]!, exchanges.backoffUntil[row]!);
    this.#to[row] = isOpen(exchanges, row) || atWork > 0 ? Infinity : over;
  }

  #orderExchanges(): void {
    const { exchanges } = this.#record;
    const first = Math.max(exchanges.first, exchanges.last - exchanges.capacity + 1);
    const seqs: number[] = [];
    for (let seq = first; seq <= exchanges.last; seq++) {
      const row = seq % exchanges.capacity;
      // One of which all events were evicted unseen, or that an ending settled, without an event of its own.
      if (this.#seq[row] !== seq || this.#to[row] === Infinity) this.#timeExchange(seq);
      if (this.#from[row] !== Infinity) seqs.push(seq);
    }
    const fromOf = (place: number): Instant => this.#from[seqs[place]! % this.#seq.length]!;
    const order = mergedRuns(seqs.length, (a, b) => fromOf(b) < fromOf(a));
    this.#begun = Float64Array.from(order, (place) => seqs[place]!);
    this.#ends = new Float64Array(Math.ceil(seqs.length / BLOCK)).fill(-Infinity);
    for (const [place, seq] of this.#begun.entries()) {
      const block = Math.floor(place / BLOCK);
      this.#ends[block] = Math.max(this.#ends[block]!, this.#to[seq % this.#seq.length]!);
    }
  }

  #begunBy(at: Instant): number {
    const { length } = this.#seq;
    return firstPlace(0, this.#begun.length, (place) => this.#from[this.#begun[place]! % length]! > at);
  }
}

import { firstPlace } from "./binarySearch.ts";
import type { Instant } from "./instant.ts";

/**
 * Running numbers in the order of their times, the oldest first. Numbers come almost in that order, because workers hand over
 * their events by turns: one is placed among the last few, and what lies behind it moves by a block.
 */
export class TimeOrder {
  #numbers = new Float64Array(256);
  #times = new Float64Array(256);
  #start = 128;
  #end = 128;

  get size(): number {
    return this.#end - this.#start;
  }

  /** The number at a place, 0 for the newest; `undefined` beyond the end. */
  at(place: number): number | undefined {
    return place >= 0 && place < this.size ? this.#numbers[this.#end - 1 - place] : undefined;
  }

  /** How many are newer than a number of that time. */
  newerThan(number: number, time: Instant): number {
    return this.#end - this.#after(number, time);
  }

  add(number: number, time: Instant): void {
    let offset = this.#after(number, time);
    if (offset - this.#start < this.#end - offset) {
      if (this.#start === 0) offset += this.#makeRoom();
      this.#move(this.#start, offset, -1);
      this.#start--;
      offset--;
    } else {
      if (this.#end === this.#numbers.length) offset += this.#makeRoom();
      this.#move(offset, this.#end, 1);
      this.#end++;
    }
    this.#numbers[offset] = number;
    this.#times[offset] = time;
  }

  /** Takes out a number that was added with that time. */
  remove(number: number, time: Instant): void {
    const at = this.#after(number, time) - 1;
    if (at < this.#start || this.#number(at) !== number) return;
    this.#move(at + 1, this.#end, -1);
    this.#end--;
  }

  /** Takes out all. */
  clear(): void {
    this.#start = this.#end = this.#numbers.length >>> 1;
  }

  /** Takes out `count` numbers that are less than `first`; they lie among the oldest. */
  forget(first: number, count: number): void {
    const kept: number[] = [];
    let index = this.#start;
    for (let gone = 0; gone < count && index < this.#end; index++) {
      if (this.#number(index) < first) gone++;
      else kept.push(index);
    }
    for (const from of kept.reverse()) {
      index--;
      this.#numbers[index] = this.#number(from);
      this.#times[index] = this.#time(from);
    }
    this.#start = index;
  }

  /** The position behind everything that is not newer. */
  #after(number: number, time: Instant): number {
    return firstPlace(
      this.#start,
      this.#end,
      (place) => (this.#time(place) - time || this.#number(place) - number) > 0,
    );
  }

  #move(from: number, to: number, by: number): void {
    this.#numbers.copyWithin(from + by, from, to);
    this.#times.copyWithin(from + by, from, to);
  }

  /** Puts what there is into the middle of a place with room on both sides. Returns by how much it moved. */
  #makeRoom(): number {
    const { size } = this;
    const room = Math.max(256, size);
    const numbers = new Float64Array(size + 2 * room);
    const times = new Float64Array(size + 2 * room);
    numbers.set(this.#numbers.subarray(this.#start, this.#end), room);
    times.set(this.#times.subarray(this.#start, this.#end), room);
    const moved = room - this.#start;
    this.#numbers = numbers;
    this.#times = times;
    this.#start = room;
    this.#end = room + size;
    return moved;
  }

  #number(at: number): number {
    return this.#numbers[at] ?? 0;
  }

  #time(at: number): number {
    return this.#times[at] ?? 0;
  }
}

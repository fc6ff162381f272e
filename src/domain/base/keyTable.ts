const SMALLEST = 16;

/**
 * Numbers by keys, as a Map would hold them: for keys that do not fit 31 bits a Map makes an object for each and hashes it
 * slowly, which would be most of what folding costs. Keys are whole numbers above 0, such as exchange keys and call ids. Each
 * has a value and a tag. A slot is good until the next `add` or `remove`.
 */
export class KeyTable {
  /** Open addressing with linear probing, never more than half full; 0 is a free slot. */
  #keys: Float64Array;
  #mask: number;
  readonly #first: number;
  size = 0;
  values: Float64Array;
  tags: Uint32Array;

  /** `expected` keys fit without growing. */
  constructor(expected = 0) {
    let room = SMALLEST;
    while (room < expected * 2) room *= 2;
    this.#first = room;
    this.#mask = room - 1;
    this.#keys = new Float64Array(room);
    this.values = new Float64Array(room);
    this.tags = new Uint32Array(room);
  }

  /** The slot of a key, −1 for none. */
  find(key: number): number {
    const keys = this.#keys;
    const mask = this.#mask;
    for (let slot = home(key) & mask; ; slot = (slot + 1) & mask) {
      const there = keys[slot];
      if (there === key) return slot;
      if (there === 0) return -1;
    }
  }

  /** The slot of a key that is not in the table yet; its value and tag are 0. */
  add(key: number): number {
    if (this.size * 2 > this.#mask) this.#resize((this.#mask + 1) * 2);
    const keys = this.#keys;
    const mask = this.#mask;
    let slot = home(key) & mask;
    while (keys[slot] !== 0) slot = (slot + 1) & mask;
    keys[slot] = key;
    this.values[slot] = 0;
    this.tags[slot] = 0;
    this.size++;
    return slot;
  }

  /** Frees a slot that `find` gave, and moves up what had to step aside for it. */
  remove(slot: number): void {
    const keys = this.#keys;
    const mask = this.#mask;
    let free = slot;
    for (let index = (free + 1) & mask; keys[index] !== 0; index = (index + 1) & mask) {
      const key = keys[index] ?? 0;
      if (((index - home(key)) & mask) < ((index - free) & mask)) continue;
      keys[free] = key;
      this.values[free] = this.values[index] ?? 0;
      this.tags[free] = this.tags[index] ?? 0;
      free = index;
    }
    keys[free] = 0;
    this.size--;
  }

  /** Removes every key with that tag, and says how many those were. */
  removeTagged(tag: number): number {
    const before = this.size;
    for (let slot = 0; slot <= this.#mask; slot++) {
      // What moves up into a slot has to be looked at as well.
      while (this.#keys[slot] !== 0 && this.tags[slot] === tag) this.remove(slot);
    }
    return before - this.size;
  }

  /** Forgets every key, and the room that many of them needed. */
  clear(): void {
    this.#keys.fill(0);
    this.size = 0;
    if (this.#mask + 1 > this.#first) this.#resize(this.#first);
  }

  /** Becomes a copy of another table. */
  become(other: KeyTable): void {
    if (this.#keys.length === other.#keys.length) {
      this.#keys.set(other.#keys);
      this.values.set(other.values);
      this.tags.set(other.tags);
    } else {
      this.#keys = other.#keys.slice();
      this.values = other.values.slice();
      this.tags = other.tags.slice();
    }
    this.#mask = other.#mask;
    this.size = other.size;
  }

  copy(): KeyTable {
    const made = new KeyTable();
    made.become(this);
    return made;
  }

  /** The keys, in no order. The table must not change meanwhile. */
  *keys(): Generator<number> {
    for (const key of this.#keys) if (key !== 0) yield key;
  }

  #resize(room: number): void {
    const keys = this.#keys;
    const { values, tags } = this;
    this.#keys = new Float64Array(room);
    this.#mask = room - 1;
    this.size = 0;
    this.values = new Float64Array(room);
    this.tags = new Uint32Array(room);
    for (const [old, key] of keys.entries()) {
      if (key === 0) continue;
      const slot = this.add(key);
      this.values[slot] = values[old] ?? 0;
      this.tags[slot] = tags[old] ?? 0;
    }
  }
}

/** Spreads the low 32 bits, which differ most in exchange keys and in call ids alike, and lets the high ones have a say. */
function home(key: number): number {
  const hash = Math.imul((key | 0) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

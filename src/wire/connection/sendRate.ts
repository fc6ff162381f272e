/** Over how long what leaves is averaged, in ms. */
const MEMORY_MS = 20;
/** Frames may leave at the same reading of the clock. */
const LEAST_MS = 0.02;
/** From so many messages a ms on, a frame that waits for a ms leaves with several more. One request at a time never comes near it. */
const DENSE_PER_MS = 6;

/** What left a connection of late: how many messages in a ms, and how large one is. Times in ms, on any clock that only goes forward. */
export class SendRate {
  #perMs = 0;
  #bytesEach = 0;
  #leftAt = -Infinity;

  /** A frame with so many messages, of so many bytes in all, has left. */
  left(messages: number, bytes: number, at: number): void {
    const ms = Math.max(LEAST_MS, at - this.#leftAt);
    this.#leftAt = at;
    if (messages === 0) return;
    // The longer nothing has left, the less what was before says.
    const weight = Math.min(1, ms / MEMORY_MS);
    this.#perMs += (messages / ms - this.#perMs) * weight;
    this.#bytesEach = this.#bytesEach === 0 ? bytes / messages : (this.#bytesEach * 7 + bytes / messages) / 8;
  }

  /** Whether so many leave that others will be there within a ms. */
  isDense(now: number): boolean {
    return this.#perMs >= DENSE_PER_MS && now - this.#leftAt < MEMORY_MS;
  }

  /** About how many messages so many bytes are. */
  messagesIn(bytes: number): number {
    return this.#bytesEach === 0 ? 0 : bytes / this.#bytesEach;
  }
}

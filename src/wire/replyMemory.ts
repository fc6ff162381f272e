import type { ExchangeKey } from "../domain/events.ts";

/** Requests held at once by one responder seldom come near this; what is older is forgotten. */
const MOST_KEYS = 65_536;

/**
 * The exchanges whose requests came in on a connection, so that what goes out to their reply subjects is known for an
 * answer. Bounded: two generations, the older one dropped when the younger is full.
 */
export class ReplyMemory {
  #young = new Set<ExchangeKey>();
  #old = new Set<ExchangeKey>();

  add(key: ExchangeKey): void {
    if (this.#young.size >= MOST_KEYS / 2) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
  }

  has(key: ExchangeKey): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }
}

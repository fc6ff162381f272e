import type { ExchangeKey } from "../../domain/events/events.ts";

/** Requests held at once by one responder seldom come near this; what is older is forgotten. */
const MOST_KEYS = 65_536;

/**
 * The exchanges whose requests came in on a connection and were not answered yet, so that what goes out to their reply subjects is
 * known for an answer. Bounded: two generations, the older one dropped when the younger is full.
 */
export class ReplyMemory {
  /** How often the request came in: a connection with two subscriptions may get it twice. */
  #young = new Map<ExchangeKey, number>();
  #old = new Map<ExchangeKey, number>();

  add(key: ExchangeKey): void {
    if (this.#young.size >= MOST_KEYS / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, (this.#young.get(key) ?? 0) + 1);
  }

  /** Whether a request of that exchange waits for its answer. It does so no more. */
  take(key: ExchangeKey): boolean {
    return takeFrom(this.#young, key) || takeFrom(this.#old, key);
  }
}

function takeFrom(keys: Map<ExchangeKey, number>, key: ExchangeKey): boolean {
  const times = keys.get(key);
  if (times === undefined) return false;
  if (times === 1) keys.delete(key);
  else keys.set(key, times - 1);
  return true;
}

import type { ExchangeKey } from "../../domain/events/events.ts";

/** More requests than this no responder holds at once: those that come then are dropped. */
export const MOST_HELD = 65_536;

/**
 * The exchanges whose requests came in on a connection and wait for their answers, so that what goes out to their reply subjects is
 * known for an answer. Whoever will not answer one says so. Bounded nevertheless: two generations, the older one dropped when the
 * younger is full. Each takes as many as are ever held, so that none of those is forgotten.
 */
export class ReplyMemory {
  /** How often the request came in: a connection with two subscriptions may get it twice. */
  #young = new Map<ExchangeKey, number>();
  #old = new Map<ExchangeKey, number>();

  add(key: ExchangeKey): void {
    if (this.#young.size >= MOST_HELD) {
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

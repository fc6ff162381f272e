export interface Watchdog {
  /** Call about every `WATCHDOG_TICK_MS`. Says whether to ask the worker now, to wait for its answer, or that it hangs. */
  tick(nowMs: number): "ask" | "wait" | "hangs";
  answered(): void;
}

export const WATCHDOG_TICK_MS = 1000;
/** A worker that did not come to its event loop for so long is taken to hang. */
export const WATCHDOG_LIMIT_MS = 5000;

/** A longer gap means that the page itself was asleep, suspended or throttled: such time is no evidence against a worker. */
const LONGEST_GAP_MS = 2.5 * WATCHDOG_TICK_MS;

/** Tells a worker that never yields from a page that could not listen. Watching begins with the first answer. */
export function createWatchdog(): Watchdog {
  let alive = false;
  let asked = false;
  let silentMs = 0;
  let lastTick: number | null = null;
  return {
    tick(nowMs) {
      const gapMs = lastTick === null ? 0 : nowMs - lastTick;
      lastTick = nowMs;
      if (!asked) {
        asked = true;
        silentMs = 0;
        return "ask";
      }
      if (!alive) return "wait"; // Still loading: how long that takes is the network's affair.
      silentMs = gapMs > LONGEST_GAP_MS ? 0 : silentMs + gapMs;
      return silentMs >= WATCHDOG_LIMIT_MS ? "hangs" : "wait";
    },
    answered() {
      alive = true;
      asked = false;
    },
  };
}

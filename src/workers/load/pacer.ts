/** Wakes somebody at times that follow each other closely. */
export interface Pacer {
  /** Calls `wake` once, so many ms from now or up to about a millisecond later. A later request takes its place. */
  wakeIn(ms: number): void;
  close(): void;
}

/** Timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Browsers hold a timer back to 4 ms that was set by a timer that was set by a timer …, which would bunch the calls of a load. One
 * that is set where a message arrives begins a new row: so each timer only posts a message, and the next is set where that arrives.
 */
export function createPacer(wake: () => void): Pacer {
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let awaited = false;
  port1.onmessage = () => {
    if (!awaited) return;
    awaited = false;
    wake();
  };
  return {
    wakeIn(ms) {
      awaited = true;
      clearTimeout(timer);
      timer = setTimeout(() => port2.postMessage(null), Math.min(LONGEST_MS, Math.max(1, Math.ceil(ms))));
    },
    close() {
      awaited = false;
      clearTimeout(timer);
      port1.close();
    },
  };
}

import { type FromRuntime, MOST_ASKED, readFromRuntime } from "../../sandbox/messages.ts";

/**
 * What may come up from a sandbox at this moment. The code in it may have got hold of the port of its runtime, and then sends whatever
 * it likes, as fast as it likes: each kind of message is accepted only where the runtime would send it.
 */
export interface SandboxGuard {
  pinged(): void;
  loading(load: number): void;
  running(id: number): void;
  /** The question was answered, whatever with. */
  answered(): void;
  /** The message, when the runtime may send it now, else null. */
  accept(value: unknown): FromRuntime | null;
  /** It sends what no runtime would: nothing more of it is to be read. */
  readonly isFlooded: boolean;
}

/** A runtime sends none of these. A few may still be a mistake of ours, which ends no handler. */
const MOST_REFUSED = 100;
/** The runtime lets a tenth of this through in a second; what came while nobody could listen comes at once. */
const MOST_LINES = 20_000;
const LINES_PER_MS = 5;

export function createSandboxGuard(now: () => number): SandboxGuard {
  let pings = 0;
  const loads = new Set<number>();
  const runs = new Set<number>();
  let lastRun = 0;
  let lastAsk = 0;
  let asked = 0;
  let refused = 0;
  let room = MOST_LINES;
  let at = now();
  let isFlooded = false;

  function hasRoom(): boolean {
    const time = now();
    room = Math.min(MOST_LINES, room + (time - at) * LINES_PER_MS);
    at = time;
    if (room < 1) isFlooded = true;
    room--;
    return !isFlooded;
  }

  function isDue(item: FromRuntime): boolean {
    switch (item.type) {
      case "pong":
        if (pings === 0) return false;
        pings--;
        return true;
      case "loaded":
      case "notLoaded":
        return loads.delete(item.load);
      case "returned":
      case "threw":
        return runs.delete(item.id);
      case "ask":
        if (item.id > lastRun || item.ask <= lastAsk || asked >= MOST_ASKED) return false;
        lastAsk = item.ask;
        asked++;
        return true;
      case "uncaught":
        return hasRoom();
      case "log":
        return item.id <= lastRun && hasRoom();
    }
  }

  return {
    pinged: () => void pings++,
    loading: (load) => void loads.add(load),
    running(id) {
      lastRun = id;
      runs.add(id);
    },
    answered: () => void asked--,
    accept(value) {
      const item = readFromRuntime(value);
      if (item !== null && isDue(item)) return item;
      if (++refused > MOST_REFUSED) isFlooded = true;
      return null;
    },
    get isFlooded() {
      return isFlooded;
    },
  };
}

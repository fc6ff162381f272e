import type { Connection } from "../../wire/connection/connect.ts";
import type { Requester } from "../../wire/requests/request.ts";
import type { CallSource } from "./callSource.ts";
import { hasCapacity } from "./backpressure.ts";

/** Calls that a person asked for at once. */
export interface SendQueue {
  add(source: CallSource, count: number): void;
  /** Forgets what was not started. */
  clear(): void;
}

/** So many are started before the worker looks at its other messages. */
const CALLS_PER_TURN = 500;
/** How long to wait for room, in ms. */
const RETRY_MS = 5;

export function createSendQueue(requester: Requester, connection: Connection): SendQueue {
  let waiting: { readonly source: CallSource; left: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pump(): void {
    timer = undefined;
    for (let started = 0; started < CALLS_PER_TURN; started++) {
      const next = waiting[0];
      if (next === undefined) return;
      if (!hasCapacity(requester, connection)) {
        timer = setTimeout(pump, RETRY_MS);
        return;
      }
      void next.source.next();
      if (--next.left <= 0) waiting.shift();
    }
    timer = setTimeout(pump, 0);
  }

  return {
    add(source, count) {
      if (count > 0) waiting.push({ source, left: count });
      if (timer === undefined) pump();
    },
    clear() {
      waiting = [];
    },
  };
}

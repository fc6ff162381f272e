import type { Connection } from "./connect.ts";

/** Resolves when messages can be published, or after so many ms in any case. */
export function untilUp(connection: Connection, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(patience);
      // It is told at once where it is up, before `listen` has said how to stop.
      queueMicrotask(() => stop());
      resolve();
    };
    const patience = setTimeout(done, withinMs);
    const stop = connection.listen({ up: done });
  });
}

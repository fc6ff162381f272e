export interface Semaphore {
  /** Calls `acquired` now or as soon as there is a permit. Returns how to release it, also before it was acquired; releasing twice is once. */
  acquire(acquired: () => void): () => void;
}

/** So many permits at a time, in the order in which they were asked for. */
export function createSemaphore(permits: number): Semaphore {
  let held = 0;
  const waiting = new Set<() => void>();

  function grant(): void {
    for (const acquired of waiting) {
      if (held >= permits) return;
      waiting.delete(acquired);
      held++;
      acquired();
    }
  }

  return {
    acquire(acquired) {
      let released = false;
      waiting.add(acquired);
      grant();
      return () => {
        if (released) return;
        released = true;
        if (!waiting.delete(acquired)) held--;
        grant();
      };
    },
  };
}

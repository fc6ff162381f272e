export interface Gate {
  /** Calls `enter` now or as soon as there is room. Returns how to leave, also before it was entered; leaving twice is once. */
  queue(enter: () => void): () => void;
}

/** Lets at most so many in at a time, in the order in which they came. */
export function createGate(most: number): Gate {
  let inside = 0;
  const waiting = new Set<() => void>();

  function letIn(): void {
    for (const enter of waiting) {
      if (inside >= most) return;
      waiting.delete(enter);
      inside++;
      enter();
    }
  }

  return {
    queue(enter) {
      let left = false;
      waiting.add(enter);
      letIn();
      return () => {
        if (left) return;
        left = true;
        if (!waiting.delete(enter)) inside--;
        letIn();
      };
    },
  };
}

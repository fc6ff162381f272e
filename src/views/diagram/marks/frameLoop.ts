/** What the loop needs of its surroundings; a page gives its own frames and timers. */
export interface FrameClock {
  requestFrame(callback: () => void): number;
  cancelFrame(handle: number): void;
  /** Calls back once after so many ms; the result cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export interface FrameLoop {
  /** Something changed: draw in the next frame. Costs nothing when one is coming anyway. */
  wake(): void;
  /** Draws at once, for what changes in the course of a frame that comes anyway: a second frame would cost nearly as much again. */
  now(): void;
  /** Draws no more, for good. */
  stop(): void;
}

/** A pause shorter than this is not worth a timer. */
const LEAST_PAUSE_MS = 20;

/**
 * Draws when told to and goes on for as long as there is something to see. `draw` says in how many ms it wants to be called
 * again: 0 for the next frame, `Infinity` to sleep until somebody wakes the loop. Nothing is scheduled while it sleeps.
 */
export function createFrameLoop(clock: FrameClock, draw: () => number): FrameLoop {
  let frame: number | null = null;
  let cancelPause: (() => void) | null = null;
  let stopped = false;

  const wake = (): void => {
    if (stopped || frame !== null) return;
    cancelPause?.();
    cancelPause = null;
    frame = clock.requestFrame(run);
  };

  const run = (): void => {
    frame = null;
    const wait = draw();
    if (stopped || frame !== null || wait === Infinity) return;
    if (wait < LEAST_PAUSE_MS) wake();
    else cancelPause = clock.after(wait, wake);
  };

  return {
    wake,
    now() {
      if (stopped) return;
      cancelPause?.();
      cancelPause = null;
      if (frame !== null) clock.cancelFrame(frame);
      run();
    },
    stop() {
      stopped = true;
      cancelPause?.();
      if (frame !== null) clock.cancelFrame(frame);
      frame = null;
    },
  };
}

/** The page's own frames and timers. */
export const pageFrames: FrameClock = {
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

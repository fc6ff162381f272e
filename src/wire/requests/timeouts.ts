export interface Timeouts<Item> {
  /** Calls back with `item` after so many ms, unless it is stopped before. `at`: now, as the clock tells it. */
  start(item: Item, ms: number, at?: number): void;
  /** `ms` as it was started with. */
  stop(item: Item, ms: number): void;
}

interface Lane<Item> {
  /** When each is over, the first to be over first: all of a lane wait equally long. */
  readonly overAt: Map<Item, number>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Timeouts of many things that mostly wait equally long, with one timer for all of them: one for each request, set and cleared,
 * would cost more than anything else that is done for it.
 */
export function createTimeouts<Item>(onOver: (item: Item) => void, clock: () => number): Timeouts<Item> {
  const lanes = new Map<number, Lane<Item>>();

  function onTimer(lane: Lane<Item>, ms: number): void {
    lane.timer = undefined;
    const now = clock();
    for (const [item, at] of lane.overAt) {
      if (at > now) {
        lane.timer = setTimeout(() => onTimer(lane, ms), at - now);
        return;
      }
      lane.overAt.delete(item);
      onOver(item);
    }
    // Whoever was told may have started another.
    if (lane.overAt.size === 0 && lane.timer === undefined) lanes.delete(ms);
  }

  return {
    start(item, ms, at = clock()) {
      let lane = lanes.get(ms);
      if (lane === undefined) lanes.set(ms, (lane = { overAt: new Map(), timer: undefined }));
      const of = lane;
      of.overAt.set(item, at + ms);
      // It goes on for a while after the last was stopped, and finds nothing to do.
      of.timer ??= setTimeout(() => onTimer(of, ms), ms);
    },
    stop(item, ms) {
      lanes.get(ms)?.overAt.delete(item);
    },
  };
}

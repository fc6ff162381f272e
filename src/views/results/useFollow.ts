import { useState } from "react";
import type { MessageRows } from "./useMessageRows.ts";

interface Held {
  /** The newest exchange shown; newer ones wait above it. */
  readonly seq: number;
  /** A list held by scrolling follows again when it is scrolled back to its top. */
  readonly by: "scrolling" | "choosing";
}

export interface Followed {
  readonly count: number;
  at(place: number): number | undefined;
  placeOf(seq: number): number;
  /** How many came since the list was held; 0 while it follows. */
  readonly waiting: number;
  hold(by: Held["by"]): void;
  /** Called with where the list is scrolled to. */
  scrolled(top: number): void;
  follow(): void;
}

/** A list that shows the newest as it comes, until somebody reads in it: then it stands still and counts what comes. */
export function useFollow(rows: MessageRows): Followed {
  const [held, setHeld] = useState<Held | null>(null);
  const hidden = held === null ? 0 : rows.newerThan(held.seq);
  const count = Math.max(0, rows.count - hidden);
  // What was held is no longer in the record, or in the filter: there is nothing to stand still for.
  if (held !== null && count === 0) setHeld(null);
  const at = (place: number): number | undefined => rows.at(hidden + place);
  const hold = (by: Held["by"]): void => {
    const seq = at(0);
    if (seq !== undefined) setHeld((before) => ({ seq: before?.seq ?? seq, by }));
  };
  return {
    count,
    at,
    placeOf: (seq) => rows.newerThan(seq) - hidden,
    waiting: hidden,
    hold,
    scrolled: (top) => {
      if (top > 4 && held === null) hold("scrolling");
      else if (top < 1 && held?.by === "scrolling") setHeld(null);
    },
    follow: () => setHeld(null),
  };
}

import { useState } from "react";
import type { Rows } from "./rows.ts";

interface Held {
  /** The newest row shown; newer ones wait above it. */
  readonly number: number;
  /** A list held by scrolling follows again when it is scrolled back to its top. */
  readonly by: "scrolling" | "choosing";
}

export interface Followed {
  readonly count: number;
  at(place: number): number | undefined;
  /** Negative for one that is newer than what is shown. */
  placeOf(number: number): number;
  /** How many came since the list was held; 0 while it follows. */
  readonly waiting: number;
  hold(by: Held["by"]): void;
  /** Called with where the list is scrolled to. */
  scrolled(top: number): void;
  follow(): void;
}

/** A list that shows the newest as it comes, until somebody reads in it: then it stands still and counts what comes. */
export function useFollow(rows: Rows): Followed {
  const [held, setHeld] = useState<Held | null>(null);
  const hidden = held === null ? 0 : rows.newerThan(held.number);
  const count = Math.max(0, rows.count - hidden);
  // What was held is no longer in the record, or in the filter: there is nothing to stand still for.
  if (held !== null && count === 0) setHeld(null);
  const at = (place: number): number | undefined => rows.at(hidden + place);
  const hold = (by: Held["by"]): void => {
    const newest = at(0);
    if (newest !== undefined) setHeld((before) => ({ number: before?.number ?? newest, by }));
  };
  return {
    count,
    at,
    placeOf: (number) => rows.newerThan(number) - hidden,
    waiting: hidden,
    hold,
    scrolled: (top) => {
      if (top > 4 && held === null) hold("scrolling");
      else if (top < 1 && held?.by === "scrolling") setHeld(null);
    },
    follow: () => setHeld(null),
  };
}

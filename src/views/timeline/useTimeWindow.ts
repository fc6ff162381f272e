import { useState } from "react";
import { panned, SHORTEST_MS, showing, zoomed, type TimeWindow } from "../../domain/timeline/timeWindow.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** Unless somebody looks at something else, so much of the newest is shown, in ms. */
const NEWEST_MS = 30_000;
/** Room beside the first and the last row, as a share of the window. */
const ROOM = 0.02;

export interface WindowControl {
  readonly window: TimeWindow;
  /** False once a person has zoomed or moved. */
  readonly following: boolean;
  zoom(factor: number, at?: Instant): void;
  pan(share: number): void;
  /** Moves just enough to have all of a span in sight. */
  show(from: Instant, to: Instant): void;
  /** Looks at a span and nothing else. */
  fit(from: Instant, to: Instant): void;
  center(at: Instant): void;
  showAll(): void;
  follow(): void;
}

/** The span of time that is looked at: the newest, until somebody looks at something else. */
export function useTimeWindow(whole: TimeWindow): WindowControl {
  const [kept, setKept] = useState<TimeWindow | null>(null);
  const newest = widened({ from: Math.max(whole.from, whole.to - NEWEST_MS), to: whole.to });
  const window = kept ?? newest;
  return {
    window,
    following: kept === null,
    zoom: (factor, at = (window.from + window.to) / 2) => setKept(zoomed(window, factor, at, widened(whole))),
    pan: (share) => setKept(panned(window, share, whole)),
    show: (from, to) => {
      const next = showing(window, from, to);
      if (next !== window) setKept(next);
    },
    fit: (from, to) => setKept(widened({ from, to: Math.max(to, from + SHORTEST_MS) })),
    center: (at) => {
      const half = (window.to - window.from) / 2;
      setKept({ from: at - half, to: at + half });
    },
    showAll: () => setKept(widened(whole)),
    follow: () => setKept(null),
  };
}

function widened({ from, to }: TimeWindow): TimeWindow {
  const room = (to - from) * ROOM;
  return { from: from - room, to: to + room };
}

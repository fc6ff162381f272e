import { useSyncExternalStore } from "react";
import { displayStore } from "../../stores/record/displayStore.ts";
import { follow } from "./ticks.ts";

/** In the past. */
const shown = follow("shown", 0);

function subscribe(listener: () => void): () => void {
  const stops = [displayStore.subscribe(listener), shown.subscribe(listener)];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * A small value of what the drawing shows: while live it changes when a mark sets out or arrives, for all views at once, and in the past
 * with the instant. Give back a primitive: the component is drawn again only when the value differs.
 */
export const useDisplay = <T extends string | number | boolean | null>(derive: () => T): T =>
  useSyncExternalStore(subscribe, derive);

/** Changes with all that the drawing shows, for views that read much of it. */
export const useDisplayVersion = (): string =>
  useSyncExternalStore(subscribe, () => `${displayStore.getState().version} ${shown.version()}`);

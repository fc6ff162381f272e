import { createStore } from "zustand/vanilla";
import { LIVE, type Playback } from "../../domain/replay/playback.ts";
import { pageNow } from "../page/clock.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** Which instant the page shows. */
export const playbackStore = createStore<Playback>(() => LIVE);

/** Stops at an instant, the present one unless told otherwise. */
export function pauseAt(at: Instant = pageNow()): void {
  playbackStore.setState({ mode: "paused", at, until: null, pace: null });
}

/** Shows what happens now. */
export function goLive(): void {
  playbackStore.setState({ mode: "live", at: null, until: null, pace: null });
}

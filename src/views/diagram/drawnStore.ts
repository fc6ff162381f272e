import { createStore } from "zustand/vanilla";

/** What the canvas shows, in words, while the page is paused; null otherwise. */
export const drawnStore = createStore<{ readonly words: string | null }>(() => ({ words: null }));

export function noteDrawn(words: string | null): void {
  if (drawnStore.getState().words !== words) drawnStore.setState({ words });
}

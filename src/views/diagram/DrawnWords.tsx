import { useStore } from "zustand";
import { drawnStore } from "./drawnStore.ts";

/** What the canvas shows at the instant at which the page is paused, for those who cannot see it. */
export function DrawnWords() {
  const words = useStore(drawnStore, (state) => state.words);
  if (words === null) return null;
  return (
    <p className="visually-hidden" role="note" aria-label="What is drawn">
      {words}
    </p>
  );
}

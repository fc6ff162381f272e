import { useStore } from "zustand";
import { diagramStore } from "./diagramStore.ts";

/** What the canvas shows at the instant at which the page is paused, for those who cannot see it. */
export function DrawnWords() {
  const words = useStore(diagramStore, ({ drawn }) => drawn);
  if (words === null) return null;
  return (
    <p className="visually-hidden" role="note" aria-label="What is drawn">
      {words}
    </p>
  );
}

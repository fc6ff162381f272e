import { useStore } from "zustand";
import { formatCount } from "../../domain/formats.ts";
import { sampledStore } from "./sampledStore.ts";

/** In which way the drawing is not what happens: slower, so that it can be seen, and at times only a part of it. */
export function SampledNote() {
  const every = useStore(sampledStore, (state) => state.every);
  return (
    <p className="diagram-note">
      live, slowed down to be seen
      {every > 1 && <span className="diagram-note-sampled">1 of {formatCount(every)} shown</span>}
    </p>
  );
}

import { useStore } from "zustand";
import { formatCount } from "../../domain/formats.ts";
import { playbackStore } from "../../stores/playbackStore.ts";
import { sampledStore } from "./sampledStore.ts";

/** In which way the drawing is not what happens: slower, so that it can be seen, and at times only a part of it. */
export function SampledNote() {
  const every = useStore(sampledStore, (state) => state.every);
  const live = useStore(playbackStore, ({ mode }) => mode === "live");
  return (
    <p className="diagram-note">
      {live ? "live, slowed down to be seen" : "the past, true to scale"}
      {every > 1 && <span className="diagram-note-sampled">1 of {formatCount(every)} shown</span>}
    </p>
  );
}

import { useStore } from "zustand";
import { formatCount } from "../../domain/base/formats.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { drawAgain, isStill, stillnessStore } from "../../stores/record/stillness.ts";
import { Button } from "../controls/Button.tsx";
import { diagramStore } from "./diagramStore.ts";

/** In which way the drawing is not what happens: slower, so that it can be seen, at times only a part of it, or nothing for a while. */
export function SampledNote() {
  const every = useStore(diagramStore, ({ sampledEvery }) => sampledEvery);
  const live = useStore(playbackStore, ({ mode }) => mode === "live");
  const still = useStore(stillnessStore, isStill);
  if (live && still) {
    return (
      <div className="diagram-note diagram-note-still" role="status">
        Recording, not drawing
        <Button look="quiet" onClick={drawAgain}>
          Draw again
        </Button>
      </div>
    );
  }
  return (
    <p className="diagram-note">
      {live ? "Live, slow motion" : "Replay, true to scale"}
      {every > 1 && <span className="diagram-note-sampled">Showing 1 in {formatCount(every)}</span>}
    </p>
  );
}

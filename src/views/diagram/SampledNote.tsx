import { useStore } from "zustand";
import { formatCount } from "../../domain/base/formats.ts";
import { displayStore, drawnNow } from "../../stores/record/displayStore.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { drawAgain, isRenderingSuspended, renderingStore } from "../../stores/record/renderingSuspended.ts";
import { Button } from "../controls/Button.tsx";
import { useDisplay } from "../record/useDisplay.ts";

/** In which way the drawing is not what happens: slower, so that it can be seen, at times only a part of it, or nothing for a while. */
export function SampledNote() {
  const every = useDisplay(() => drawnNow().every);
  const behindMs = useStore(displayStore, (display) => display.behindMs);
  const live = useStore(playbackStore, ({ mode }) => mode === "live");
  const still = useStore(renderingStore, isRenderingSuspended);
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
      {live && behindMs >= LEAST_SAID_MS && (
        <span className="diagram-note-part">{(behindMs / 1000).toFixed(1)} s behind</span>
      )}
      {every > 1 && <span className="diagram-note-part">Showing 1 in {formatCount(every)} calls</span>}
    </p>
  );
}

/** Less than this nobody sees. */
const LEAST_SAID_MS = 200;

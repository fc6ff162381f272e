import { useStore } from "zustand";
import { captionOf } from "../../domain/schedule/caption.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { displayStore } from "../../stores/record/displayStore.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { shownMarks } from "./shownMarks.ts";
import { useDisplay } from "./useDisplay.ts";

/** What is seen now, in one sentence, while live: in the past the narration says it. Not said aloud: it changes with each mark. */
export function LiveCaption({ className }: { readonly className: string }) {
  const live = useStore(playbackStore, ({ mode }) => mode === "live");
  const words = useDisplay(captionNow);
  return (
    live && (
      <p className={className} role="note" aria-label="Caption">
        {words}
      </p>
    )
  );
}

/** Where only some calls are drawn, how many there are tells more than any of them. */
const captionNow = (): string | null =>
  displayStore.getState().every > 1 ? null : captionOf(shownMarks(), nameOf);

import { ChevronFirst, Pause, Play, Radio, StepBack, StepForward } from "lucide-react";
import { useStore } from "zustand";
import {
  goToStart,
  pauseOrResume,
  playExchange,
  setScope,
  stepBack,
  stepForward,
} from "../../stores/record/playbackActions.ts";
import { goLive, playbackStore } from "../../stores/record/playbackStore.ts";
import { panelsStore } from "../../stores/page/panelsStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { LiveCaption } from "../record/LiveCaption.tsx";
import { Narration } from "./Narration.tsx";
import { ScrubBar } from "./ScrubBar.tsx";
import { SpeedSlider } from "./SpeedSlider.tsx";
import "./transport.css";

/** Holds time still: pause, step, scrub, slow down, and back to what happens now. */
export function Transport() {
  const mode = useStore(playbackStore, (playback) => playback.mode);
  const scope = useStore(playbackStore, (playback) => playback.scope);
  const exchange = useStore(selectionStore, ({ selected }) =>
    selected?.kind === "exchange" ? selected.seq : null,
  );
  const inspectorFolded = useStore(panelsStore, ({ folded }) => folded.inspector);
  const resultsFolded = useStore(panelsStore, ({ folded }) => folded.results);
  const paused = mode === "paused";
  return (
    <section className="transport" aria-label="Playback" translate="no" data-mode={mode}>
      <div className="transport-bar">
        <div className="transport-buttons">
          <IconButton label="Start of the record" hint="Home" onClick={goToStart}>
            <ChevronFirst size={16} />
          </IconButton>
          <IconButton label="Step back" hint="previous event (←)" onClick={stepBack}>
            <StepBack size={16} />
          </IconButton>
          <IconButton
            label={paused ? "Resume" : "Pause"}
            hint={paused ? "continue from here (Space)" : "freeze this moment (Space)"}
            onClick={pauseOrResume}
          >
            {paused ? <Play size={16} /> : <Pause size={16} />}
          </IconButton>
          <IconButton label="Step forward" hint="next event (→)" onClick={stepForward}>
            <StepForward size={16} />
          </IconButton>
        </div>
        <ScrubBar />
        <div className="transport-pace">
          <SpeedSlider />
          <Button className="transport-live" aria-pressed={mode === "live"} onClick={goLive}>
            <Radio size={14} aria-hidden="true" />
            Live
          </Button>
        </div>
      </div>
      {mode === "live" && resultsFolded && (
        <div className="transport-told">
          <LiveCaption className="transport-narration" />
        </div>
      )}
      {mode !== "live" && (
        <div className="transport-told">
          <Narration />
          <div className="transport-scope">
            {exchange !== null && inspectorFolded && (
              <Button onClick={() => playExchange(exchange)}>Play this exchange</Button>
            )}
            <label className="transport-switch" title="What Step forward and Step back go through">
              <input
                type="checkbox"
                role="switch"
                aria-checked={scope === "selected" && exchange !== null}
                checked={scope === "selected" && exchange !== null}
                disabled={exchange === null}
                onChange={(event) => setScope(event.currentTarget.checked ? "selected" : "everything")}
              />
              Only the selected exchange
            </label>
          </div>
        </div>
      )}
    </section>
  );
}

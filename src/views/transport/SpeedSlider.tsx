import { useStore } from "zustand";
import { SPEEDS, speedWords } from "../../domain/replay/playback.ts";
import { setSpeed } from "../../stores/record/playbackActions.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";

/** How much slower than real time the past is played: slowest at the left, each step about twice the one before. */
export function SpeedSlider() {
  const speed = useStore(playbackStore, (playback) => playback.speed);
  const nearest = SPEEDS.findIndex((each) => each >= speed);
  const place = SPEEDS.length - 1 - (nearest === -1 ? SPEEDS.length - 1 : nearest);
  return (
    <label className="transport-speed" title="Replay speed, compared with real time">
      <input
        type="range"
        aria-label="Speed"
        aria-valuetext={
          speed === 1 ? "real time" : `${speedWords(speed)}, ${speed} times slower than real time`
        }
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={place}
        onChange={(event) => setSpeed(SPEEDS[SPEEDS.length - 1 - Number(event.currentTarget.value)] ?? 1)}
      />
      <output className="transport-speed-words">{speedWords(speed)}</output>
    </label>
  );
}

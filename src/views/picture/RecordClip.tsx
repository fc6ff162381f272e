import { CircleStop, Video } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { notify } from "../../stores/page/noticesStore.ts";
import { saveFile } from "../../stores/page/saveFile.ts";
import { IconButton } from "../controls/IconButton.tsx";
import type { Clip } from "./recordClip.ts";

/** Longer than a slide needs. It ends by itself then, in s. */
const LONGEST_S = 60;

/** Records the diagram as it moves, with its caption, as a video for slides. */
export function RecordClip() {
  const [seconds, setSeconds] = useState<number | null>(null);
  const clip = useRef<Clip | null>(null);

  const end = async (): Promise<void> => {
    const ending = clip.current;
    clip.current = null;
    setSeconds(null);
    if (!ending) return;
    try {
      const { file, extension } = await ending.stop();
      saveFile(file, "diagram", extension);
    } catch (error) {
      notify("bad", `The clip could not be saved: ${error instanceof Error ? error.message : "unknown"}`);
    }
  };
  const begin = async (): Promise<void> => {
    const diagram = document.querySelector(".diagram-flow");
    if (!diagram) return;
    try {
      const { recordClip } = await import("./recordClip.ts");
      clip.current = await recordClip(diagram);
      setSeconds(0);
    } catch (error) {
      notify("bad", `No clip can be recorded: ${error instanceof Error ? error.message : "unknown"}`);
    }
  };

  const recording = seconds !== null;
  useEffect(() => {
    if (!recording) return;
    const startedAt = performance.now();
    const timer = setInterval(() => {
      const elapsed = Math.floor((performance.now() - startedAt) / 1000);
      setSeconds(elapsed);
      if (elapsed >= LONGEST_S) void end();
    }, 250);
    return () => clearInterval(timer);
  }, [recording]);
  // Who goes away wants no file.
  useEffect(() => () => clip.current?.cancel(), []);

  return recording ? (
    <button type="button" className="button clip-stop" onClick={() => void end()}>
      <CircleStop size={15} aria-hidden="true" />
      Stop recording
      <span className="clip-time" aria-label="Recorded">
        {clockWords(seconds)}
      </span>
    </button>
  ) : (
    <IconButton
      label="Record clip"
      hint={`the diagram as a video, ${LONGEST_S} s at most`}
      onClick={() => void begin()}
    >
      <Video size={15} />
    </IconButton>
  );
}

const clockWords = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

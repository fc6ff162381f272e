import { ChevronDown, ChevronUp } from "lucide-react";
import { Suspense } from "react";
import { useStore } from "zustand";
import { whenIdle } from "../../stores/peers/whenIdle.ts";
import { panelsStore, setFolded } from "../../stores/page/panelsStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";
import "./transcript.css";

/** What makes words of events is fetched in the moment after the peers have connected, as the diagram is. */
const TranscriptLog = later(async () => {
  await whenIdle();
  return (await import("./TranscriptLog.tsx")).TranscriptLog;
}, "asked");

/** The same events in words: for screen readers, for tests, and for the back row. */
export function Transcript() {
  const folded = useStore(panelsStore, (panels) => panels.folded.transcript);
  return (
    <section className="transcript" data-folded={folded} aria-label="What happened, in words">
      <div className="transcript-heading">
        <h2>Transcript</h2>
        <IconButton
          label={folded ? "Unfold transcript" : "Fold transcript"}
          aria-expanded={!folded}
          onClick={() => setFolded("transcript", !folded)}
        >
          {folded ? <ChevronUp size={15} /> : <ChevronDown size={15} />}
        </IconButton>
      </div>
      {!folded && (
        <Suspense fallback={null}>
          <TranscriptLog />
        </Suspense>
      )}
    </section>
  );
}

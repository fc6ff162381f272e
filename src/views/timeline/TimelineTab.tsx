import { useRef, useState } from "react";
import { useStore } from "zustand";
import { recordStore } from "../../stores/record/recordStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { useRecordEvery } from "../record/useRecord.ts";
import { Overview, spanOf } from "./Overview.tsx";
import { SequenceView } from "./SequenceView.tsx";
import { useSize } from "./useSize.ts";
import "./timeline.css";

/** As wide as this, both fit beside each other. In px. */
const WIDE_PX = 1000;

const PARTS = [
  { id: "overview", words: "Overview" },
  { id: "sequence", words: "Sequence" },
] as const;
type Part = (typeof PARTS)[number]["id"];

/** Many exchanges over time, and the selected one step by step. */
export function TimelineTab() {
  const version = useRecordEvery(200);
  const selected = useStore(selectionStore, ({ selected: of }) => (of?.kind === "exchange" ? of.seq : null));
  const frame = useStore(selectionStore, ({ selected: of }) =>
    of?.kind === "exchange" ? (of.frame ?? null) : null,
  );
  const [part, setPart] = useState<Part>(selected === null ? "overview" : "sequence");
  const host = useRef<HTMLDivElement>(null);
  const wide = useSize(host).width >= WIDE_PX;
  const whole = spanOf();
  return (
    <div ref={host} className="timeline" data-wide={wide}>
      {whole === null ? (
        <div className="results-empty">
          <p className="results-empty-title">Send a request to see it over time.</p>
          <p>Each exchange is a row. You can see queueing, retries, freezes and restarts.</p>
        </div>
      ) : (
        <>
          {!wide && (
            <div className="timeline-parts" role="group" aria-label="Timeline shows">
              {PARTS.map(({ id, words }) => (
                <button
                  key={id}
                  type="button"
                  className="timeline-part"
                  aria-pressed={part === id}
                  onClick={() => setPart(id)}
                >
                  {words}
                </button>
              ))}
            </div>
          )}
          {(wide || part === "overview") && (
            <Overview
              version={version}
              whole={whole}
              selected={selected}
              onOpen={() => setPart("sequence")}
            />
          )}
          {(wide || part === "sequence") && (
            <SequenceView
              record={recordStore.getState().record}
              seq={selected}
              frame={frame}
              version={version}
            />
          )}
        </>
      )}
    </div>
  );
}

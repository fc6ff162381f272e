import { useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { LATENCY_PART_WORDS, latencyBreakdown } from "../../domain/timeline/latencyBreakdown.ts";
import { mermaidOf } from "../../domain/timeline/mermaid.ts";
import { exchangeRevision } from "../../domain/exchanges/exchangeRevision.ts";
import { MOST_RELATED, relatedExchanges } from "../../domain/exchanges/related.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { sequenceOf, type SequenceArrow, frameNumberOf } from "../../domain/timeline/sequence.ts";
import { frameText, readFrame } from "../../domain/frames/wireLines.ts";
import { explainFrame } from "../../domain/frames/wireWords.ts";
import { openTab } from "../../stores/page/panelsStore.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { SavePicture } from "../picture/SavePicture.tsx";
import { CopyText } from "./CopyText.tsx";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";
import { SequenceDrawing } from "./SequenceDrawing.tsx";
import { fitsParts } from "./sequenceGeometry.ts";
import { useSize } from "./useSize.ts";

/** What is left and right of the drawing, a scroll bar included, in px. */
const BESIDE_PX = 40;

interface Props {
  readonly record: TrafficRecord;
  readonly seq: number | null;
  /** The line on the wire that is looked at, or null. */
  readonly frame: number | null;
  readonly version: number;
}

/** One exchange, with the other attempts of its call and what its handlers asked, message by message. */
export function SequenceView({ record, seq, frame, version }: Props) {
  const [kind, setKind] = useState<"readable" | "true">("readable");
  const host = useRef<HTMLElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const width = useSize(host).width - BESIDE_PX;
  const cursor = useStore(playbackStore, ({ at }) => at);
  const story = useMemo(() => {
    const exchanges = seq === null ? [] : relatedExchanges(record, seq);
    return { exchanges, sequence: sequenceOf(exchanges) };
    // The record is changed in place; its version says when.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [record, seq, version]);
  const { exchanges, sequence } = story;
  const chosen = exchanges.find((each) => each.seq === seq);
  const legs = chosen ? latencyBreakdown(chosen) : [];
  const revisions = exchanges.map((each) => exchangeRevision(record, each.seq)).join(" ");
  const line = frame === null ? undefined : readFrame(record, frame);

  const choose = ({ seq: of, frame: wanted }: SequenceArrow): void => {
    const number = frameNumberOf(record, of, wanted);
    select({ kind: "exchange", seq: of, ...(number !== null && { frame: number }) });
  };
  return (
    <section ref={host} className="timeline-sequence" aria-label="Sequence">
      {sequence && chosen ? (
        <>
          <div className="timeline-tools">
            <label className="timeline-switch">
              <input
                type="checkbox"
                checked={kind === "true"}
                onChange={(event) => setKind(event.target.checked ? "true" : "readable")}
              />
              To scale
            </label>
            <span className="timeline-gap" />
            <SavePicture what="sequence" of={() => drawing.current} />
            <CopyText label="Copy as Mermaid" text={() => mermaidOf(sequence, nameOf)} />
          </div>
          <div className="timeline-drawing">
            {width > 0 && (
              <SequenceDrawing
                drawing={drawing}
                sequence={sequence}
                revisions={`${seq} ${revisions}`}
                legs={legs}
                chosen={chosen.seq}
                frame={line ? { seq: line.exchange, kind: line.kind, peer: line.peer } : null}
                kind={kind}
                width={width}
                cursor={cursor}
                onChoose={choose}
              />
            )}
          </div>
          {exchanges.length === MOST_RELATED && (
            <p className="timeline-legs">
              Only {MOST_RELATED} of the exchanges that belong together are drawn.
            </p>
          )}
          {!fitsParts(width, sequence.lifelines.length) && (
            <ul className="timeline-legs" aria-label="Parts">
              {legs.map(({ kind: part, ms }, index) => (
                <li key={`${index} ${part}`}>
                  {LATENCY_PART_WORDS[part]} <b>{formatMeasured(ms, clockStepMs())}</b>
                </li>
              ))}
            </ul>
          )}
          {line && (
            <div className="timeline-line">
              <p className="mono">{frameText(line)}</p>
              <p>{explainFrame(line)}</p>
              <Button onClick={() => openTab("wire")}>Show in Wire</Button>
            </div>
          )}
        </>
      ) : (
        <div className="results-empty">
          <p className="results-empty-title">Select an exchange to see it step by step.</p>
          <p>Click a row of the overview, a dot in the diagram, or a line in Messages.</p>
        </div>
      )}
    </section>
  );
}

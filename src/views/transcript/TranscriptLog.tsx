import { useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { transcriptOf } from "../../domain/narration/transcript.ts";
import { transcriptAt } from "../../domain/narration/transcriptAt.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { participants } from "../../stores/peers/participants.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { useShownEvery } from "../record/useRecord.ts";
import { TranscriptLines } from "./TranscriptLines.tsx";
import "./transcript.css";

const LINES = 200;
/** In the past each event has its line, and the lines change as one moves. */
const LINES_IN_PAST = 60;

/** The lines themselves. */
export function TranscriptLog() {
  // A screen reader speaks slower than traffic runs: lines come in bunches, and it says a bunch at a time.
  useShownEvery(700);
  const selected = useStore(selectionStore, ({ selected: of }) => (of?.kind === "exchange" ? of.seq : null));
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const record = shownRecord();
  const { past } = record;
  const most = past === null ? LINES : LINES_IN_PAST;
  const lines = past === null ? transcriptOf(record, most, nameOf) : transcriptAt(record, most, participants);
  const newest = lines.at(-1)?.id;
  // Keeps to the newest line, unless somebody has scrolled back to read.
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current && (atEnd.current || past !== null)) current.scrollTop = current.scrollHeight;
  }, [newest, past]);
  return (
    <div
      ref={scroller}
      className="transcript-log"
      role="log"
      aria-label="Transcript"
      translate="no"
      // In the past the transport tells what it stands at.
      aria-live={past === null ? "polite" : "off"}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight > scrollHeight - 12;
      }}
    >
      {lines.length === 0 && (
        <p className="transcript-empty">
          {past !== null && record.events.evictedUpTo > -Infinity
            ? "Everything up to this moment was discarded to make room for newer traffic."
            : "Nothing has happened yet."}
        </p>
      )}
      {lines.length === most && (
        <p className="transcript-empty">
          Only the latest {most} lines are here. The tabs Messages and Wire go further back.
        </p>
      )}
      <TranscriptLines lines={lines} selected={selected} current={past === null ? null : (newest ?? null)} />
    </div>
  );
}

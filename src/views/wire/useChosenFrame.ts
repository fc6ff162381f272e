import { useState } from "react";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { framesOf, readFrame } from "../../domain/frames/wireLines.ts";
import { select } from "../../stores/page/selectionStore.ts";

interface ChosenFrame {
  /** The number of the frame that is looked at, or null. */
  readonly chosen: number | null;
  /** Looks at a frame, and selects the exchange that it belongs to. */
  choose(number: number | null): void;
}

/**
 * The frame that is looked at, linked both ways with the exchange that is selected: a frame selects its exchange, and an exchange
 * that is selected elsewhere is looked at from its first frame on. `current` is the event that was stepped to: if it is a frame, that
 * is looked at. `frame` is the one that was chosen together with its exchange, in the diagram or the timeline.
 */
export function useChosenFrame(
  record: TrafficRecord,
  selected: number | null,
  current: number | null,
  frame: number | null,
): ChosenFrame {
  const [chosen, setChosen] = useState<number | null>(() => frame ?? firstFrame(record, selected));
  const [meant, setMeant] = useState(frame);
  const [seen, setSeen] = useState(selected);
  const [stepped, setStepped] = useState(current);
  if (seen !== selected) {
    setSeen(selected);
    const exchange = chosen === null ? null : (readFrame(record, chosen)?.exchange ?? null);
    // A frame of no exchange, such as a PING, stays open while nothing else is selected.
    if (exchange !== selected) setChosen(firstFrame(record, selected));
  }
  if (meant !== frame) {
    setMeant(frame);
    if (frame !== null) setChosen(frame);
  }
  if (stepped !== current) {
    setStepped(current);
    if (current !== null && readFrame(record, current)) setChosen(current);
  }
  return {
    chosen,
    choose: (number) => {
      setChosen(number);
      const exchange = number === null ? null : (readFrame(record, number)?.exchange ?? null);
      if (exchange !== null)
        select({ kind: "exchange", seq: exchange, ...(number !== null && { frame: number }) });
    },
  };
}

const firstFrame = (record: TrafficRecord, seq: number | null): number | null =>
  seq === null ? null : (framesOf(record, seq)[0] ?? null);

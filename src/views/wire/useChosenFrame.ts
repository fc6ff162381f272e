import { useState } from "react";
import type { TrafficRecord } from "../../domain/record.ts";
import { framesOf, readFrame } from "../../domain/wireLines.ts";
import { select } from "../../stores/selectionStore.ts";

interface ChosenFrame {
  /** The number of the frame that is looked at, or null. */
  readonly chosen: number | null;
  /** Looks at a frame, and selects the exchange that it belongs to. */
  choose(number: number | null): void;
}

/**
 * The frame that is looked at, linked both ways with the exchange that is selected: a frame selects its exchange, and an exchange
 * that is selected elsewhere is looked at from its first frame on. `current` is the event that was stepped to: if it is a frame, that
 * is looked at.
 */
export function useChosenFrame(
  record: TrafficRecord,
  selected: number | null,
  current: number | null,
): ChosenFrame {
  const [chosen, setChosen] = useState<number | null>(() => firstFrame(record, selected));
  const [seen, setSeen] = useState(selected);
  const [stepped, setStepped] = useState(current);
  if (seen !== selected) {
    setSeen(selected);
    const exchange = chosen === null ? null : (readFrame(record, chosen)?.exchange ?? null);
    // A frame of no exchange, such as a PING, stays open while nothing else is selected.
    if (exchange !== selected) setChosen(firstFrame(record, selected));
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
      if (exchange !== null) select({ kind: "exchange", seq: exchange });
    },
  };
}

const firstFrame = (record: TrafficRecord, seq: number | null): number | null =>
  seq === null ? null : (framesOf(record, seq)[0] ?? null);

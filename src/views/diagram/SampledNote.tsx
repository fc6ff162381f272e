import { useStore } from "zustand";
import { readCounters } from "../../domain/counters.ts";
import { formatCount } from "../../domain/formats.ts";
import { useRecord } from "../controls/useRecord.ts";
import { sampledStore } from "./sampledStore.ts";

/** How many requests are on their way, exactly, and how much of the traffic is drawn. */
export function SampledNote() {
  const every = useStore(sampledStore, (state) => state.every);
  const inFlight = useRecord((record) => readCounters(record).exchanges.inFlight);
  return (
    <p className="diagram-note">
      <span className="diagram-note-figure">{formatCount(inFlight)}</span> in flight
      {every > 1 && <span className="diagram-note-sampled">1 of {formatCount(every)} shown</span>}
    </p>
  );
}

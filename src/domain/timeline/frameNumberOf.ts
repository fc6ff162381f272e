import type { FrameRef } from "./sequence.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { framesOf, readFrame } from "../frames/wireLines.ts";

/** The number of the line on the wire that one end of a message was recorded as; null where none is in the record. */
export function frameNumberOf(record: TrafficRecord, seq: number, wanted: FrameRef | null): number | null {
  if (wanted === null) return null;
  let nth = wanted.nth;
  for (const number of framesOf(record, seq)) {
    const frame = readFrame(record, number);
    if (frame?.kind !== wanted.kind || frame.peer !== wanted.peer) continue;
    if (nth-- === 0) return number;
  }
  return null;
}

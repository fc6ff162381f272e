import type { FrameRef } from "../../domain/sequence.ts";
import type { TrafficRecord } from "../../domain/record.ts";
import { framesOf, readFrame } from "../../domain/wireLines.ts";

/** The number of the line on the wire that an arrow stands for; null where none is in the record. */
export function frameOfArrow(record: TrafficRecord, seq: number, wanted: FrameRef | null): number | null {
  if (wanted === null) return null;
  let nth = wanted.nth;
  for (const number of framesOf(record, seq)) {
    const frame = readFrame(record, number);
    if (frame?.kind !== wanted.kind || frame.peer !== wanted.peer) continue;
    if (nth-- === 0) return number;
  }
  return null;
}

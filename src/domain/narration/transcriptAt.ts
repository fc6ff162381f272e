import { type Participants, describeStep } from "./narration.ts";
import { isStep } from "../replay/steps.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import type { TranscriptLine } from "./transcriptLine.ts";

/** The last `limit` steps of a record of the past, newest last: each in a sentence of its own, however busy it was. */
export function transcriptAt(
  record: TrafficRecord,
  limit: number,
  participants: Participants,
): TranscriptLine[] {
  const { past } = record;
  if (past === null) return [];
  const { index } = past;
  const lines: TranscriptLine[] = [];
  for (let place = index.placeAt(past.at) - 1; place >= index.firstPlace && lines.length < limit; place--) {
    const number = index.numberAt(place);
    if (number === undefined || !isStep(past, number)) continue;
    const { words, tone, seq } = describeStep(record, number, participants);
    lines.push({ id: `e${number}`, at: index.whenOf(number), words, seq, unsent: null, tone });
  }
  return lines.reverse();
}

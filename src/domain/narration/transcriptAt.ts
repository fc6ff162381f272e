import { type Cast, hopOf } from "./narration.ts";
import { isStep } from "../replay/steps.ts";
import { recordAt } from "../replay/recordAt.ts";
import type { RecordView } from "../record/trafficRecord.ts";
import type { TranscriptLine } from "./transcriptLine.ts";

/** The last `limit` steps up to an instant, newest last: each in a sentence of its own, however busy it was. */
export function transcriptAt(past: RecordView, limit: number, cast: Cast): TranscriptLine[] {
  const { index, whole } = past;
  const lines: TranscriptLine[] = [];
  for (let place = index.placeAt(past.at) - 1; place >= index.firstPlace && lines.length < limit; place--) {
    const number = index.numberAt(place);
    if (number === undefined || !isStep(past, number)) continue;
    const at = index.whenOf(number);
    // As it was told when it happened, so that a line stays the same when one goes on.
    const { words, tone, seq } = hopOf(recordAt(whole, index, at, 0), number, cast);
    lines.push({ id: `e${number}`, at, words, seq, unsent: null, tone });
  }
  return lines.reverse();
}

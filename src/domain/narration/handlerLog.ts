import { KIND, type PeerId } from "../events/events.ts";
import { RecordCursor } from "../record/recordCursor.ts";
import { textOf } from "../record/eventTexts.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

export interface LogLine {
  /** The number of its event. */
  readonly number: number;
  readonly at: Instant;
  readonly words: string;
}

export interface HandlerLog {
  /** Takes in what was recorded since; gives the newest lines, oldest first. */
  read(): readonly LogLine[];
}

/** What the handler of one responder logged, as far as the record still holds it and at most `most` lines. */
export function createHandlerLog(record: TrafficRecord, peer: PeerId, most: number): HandlerLog {
  const { events } = record;
  const cursor = new RecordCursor(record);
  let lines: readonly LogLine[] = [];
  return {
    read() {
      const { afresh, first, last, firstEvent } = cursor.next();
      const found: LogLine[] = [];
      // From the newest back: what is older than the lines that are shown need not be looked at.
      for (let number = last; number >= first && found.length < most; number--) {
        const row = number % events.capacity;
        if (events.kind[row] !== KIND.log || events.peer[row] !== peer) continue;
        found.push({ number, at: events.at[row] ?? 0, words: textOf(record, number, "payload") });
      }
      const kept = afresh ? [] : lines.filter(({ number }) => number >= firstEvent);
      if (found.length > 0 || kept.length < lines.length) lines = [...kept, ...found.reverse()].slice(-most);
      return lines;
    },
  };
}

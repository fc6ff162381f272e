import { bytesOf } from "../record/eventTexts.ts";
import { eventSpan, holdsEvent } from "../record/eventRing.ts";
import { RecordCursor, type Changes } from "../record/recordCursor.ts";
import type { PeerId } from "../events/events.ts";
import { findIgnoringCase } from "../base/bytes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { TimeOrder } from "../base/timeOrder.ts";
import { encodeUtf8 } from "../base/utf8.ts";
import {
  directionOf,
  frameText,
  hasBody,
  readFrame,
  verbOf,
  type WireDirection,
  type WireVerb,
} from "./wireLines.ts";

/** Which frames are looked for: each `null`, and no verb, lets all through. */
export interface WireFilter {
  readonly peer: PeerId | null;
  readonly direction: WireDirection | null;
  readonly verbs: ReadonlySet<WireVerb>;
  /** The seq of an exchange. */
  readonly exchange: number | null;
  /** Found in the control line, the headers or the payload, whatever its case; empty for any. */
  readonly text: string;
}

/** Frames that a filter lets through, by their events' numbers, the latest that crossed first. */
export interface WireIndex {
  /** Takes in what was recorded since, and looks at `budget` older events. True when all was looked at. */
  advance(budget: number): boolean;
  readonly count: number;
  /** The frame at a place, 0 for the latest; `undefined` beyond the end. */
  at(place: number): number | undefined;
  /** How many are later than a frame: its place, if it is let through. */
  newerThan(number: number): number;
}

/**
 * Events are numbered as they reach the page, and those of different connections reach it by turns. Frames are put in the
 * order of their times, so that a request is seen to leave before it is seen to be delivered.
 */
export function createWireIndex(record: TrafficRecord, filter: WireFilter): WireIndex {
  const ring = record.events;
  const order = new TimeOrder();
  const wanted = frameTest(record, filter);
  /** By row: whether the event there is in `order`. */
  const listed = new Uint8Array(ring.capacity);
  const cursor = new RecordCursor(record, "now");
  let { first, last } = eventSpan(ring);
  /** The next one to look at while going back. */
  let back = last;

  const timeOf = (number: number): number => ring.at[number % ring.capacity] ?? 0;

  const look = (number: number): void => {
    if (!wanted(number)) return;
    listed[number % ring.capacity] = 1;
    order.add(number, timeOf(number));
  };

  const forget = (upTo: number): void => {
    let gone = 0;
    for (let number = first; number < upTo && number - first < ring.capacity; number++) {
      const row = number % ring.capacity;
      gone += listed[row] ?? 0;
      listed[row] = 0;
    }
    if (gone > 0) order.forget(upTo, gone);
    first = upTo;
  };

  /** Frames that are told at another time now. Of one that moved more than once, the first time is where it stands. */
  const move = (moved: Changes["moved"]): void => {
    const done = new Set<number>();
    for (const { number, from } of moved) {
      if (number > last || number < first || done.has(number)) continue;
      done.add(number);
      if (listed[number % ring.capacity] === 0) continue;
      order.remove(number, from);
      order.add(number, timeOf(number));
    }
  };

  return {
    advance(budget) {
      const changes = cursor.next();
      if (changes.afresh) {
        order.clear();
        listed.fill(0);
        first = changes.firstEvent;
        back = last = changes.last;
      } else {
        forget(changes.firstEvent);
        move(changes.moved);
        ({ last } = changes);
        for (let number = changes.first; number <= last; number++) look(number);
      }
      const until = Math.max(first, back - budget + 1);
      for (; back >= until; back--) look(back);
      return back < first;
    },
    get count() {
      return order.size;
    },
    at: (place) => order.at(place),
    newerThan: (number) => (holdsEvent(ring, number) ? order.newerThan(number, timeOf(number)) : order.size),
  };
}

/** Whether a filter lets a held event through; what it costs is kept for last. */
function frameTest(record: TrafficRecord, filter: WireFilter): (number: number) => boolean {
  const ring = record.events;
  const { peer, direction, verbs, exchange } = filter;
  const text = filter.text.trim().toLowerCase();
  const textBytes = encodeUtf8(text);
  const says = (number: number): boolean => {
    const frame = readFrame(record, number);
    if (!frame) return false;
    return (
      frameText(frame).toLowerCase().includes(text) ||
      (hasBody(frame.verb) &&
        (findIgnoringCase(bytesOf(record, number, "headers"), textBytes) ||
          findIgnoringCase(frame.payload.bytes, textBytes)))
    );
  };
  return (number) => {
    const verb = verbOf(ring, number);
    if (verb === undefined || (verbs.size > 0 && !verbs.has(verb))) return false;
    const row = number % ring.capacity;
    if (peer !== null && ring.peer[row] !== peer) return false;
    if (exchange !== null && ring.exchange[row] !== exchange) return false;
    if (direction !== null && directionOf(ring, number) !== direction) return false;
    return text === "" || says(number);
  };
}

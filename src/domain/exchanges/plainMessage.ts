import type { Instant } from "../base/instant.ts";
import { KIND, type PeerId } from "../events/events.ts";
import type { Payload } from "../events/exchange.ts";
import { eventSpan, holdsEvent } from "../record/eventRing.ts";
import { payloadOf, textOf } from "../record/eventTexts.ts";
import { isVisible, type TrafficRecord } from "../record/trafficRecord.ts";

/** A message without a reply subject that the server delivered to a peer of this page: nobody waits for a reply, so it is no exchange. */
export interface PlainMessage {
  readonly number: number;
  readonly peer: PeerId;
  readonly at: Instant;
  readonly subject: string;
  readonly payload: Payload;
}

/** Whether an event is the delivery of such a message. One with a key is the server's report on a traced request. */
function isPlainMessage(record: TrafficRecord, number: number): boolean {
  const { events } = record;
  const e = number % events.capacity;
  return events.kind[e] === KIND.message && events.key[e] === 0 && isVisible(record, number);
}

export function readPlainMessage(record: TrafficRecord, number: number): PlainMessage | undefined {
  const { events } = record;
  if (!holdsEvent(events, number) || !isPlainMessage(record, number)) return undefined;
  const e = number % events.capacity;
  return {
    number,
    peer: events.peer[e]!,
    at: events.at[e]!,
    subject: textOf(record, number, "subject"),
    payload: payloadOf(record, number),
  };
}

/** The numbers of those between two events that are held, oldest first. */
export function* plainMessages(record: TrafficRecord, from: number, to: number): Generator<number> {
  const { first, last } = eventSpan(record.events);
  for (let number = Math.max(first, from); number <= Math.min(last, to); number++)
    if (isPlainMessage(record, number)) yield number;
}

import { payloadOf } from "./eventTexts.ts";
import { FLAG, OUTSIDE, type Instant, type PeerId } from "./events.ts";
import type { Arrival, Delivery, Payload } from "./exchange.ts";
import type { TrafficRecord } from "./record.ts";

export interface RawArrival {
  readonly number: number;
  readonly at: Instant;
}

const NO_RESPONDERS = 503;

/**
 * What reached the inbox, with a verdict and a sender for each. The wire does not say who sent a reply, so an arrival is
 * matched to the earliest answer of this page with the same bytes that nothing was matched to before; what matches none came
 * from outside.
 */
export function arrivalsOf(
  record: TrafficRecord,
  raw: readonly RawArrival[],
  deliveries: readonly Delivery[],
  settledAt: Instant | null,
): Arrival[] {
  const { events } = record;
  const answers = deliveries
    .filter((delivery) => delivery.answer !== null)
    .sort((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0));
  let taken = false;
  return raw.map(({ number, at }) => {
    const row = number % events.capacity;
    const message = payloadOf(record, number);
    const error = ((events.flags[row] ?? 0) & FLAG.error) !== 0;
    if (events.code[row] === NO_RESPONDERS) {
      return { arrivedAt: at, verdict: "noResponders", from: null, error, message };
    }
    const match = answers.findIndex(({ answer }) => answer !== null && sameBytes(answer, message));
    const sender = match < 0 ? undefined : answers.splice(match, 1)[0];
    const from: PeerId = sender?.peer ?? OUTSIDE;
    const verdict = taken ? "duplicate" : settledAt !== null && at > settledAt ? "late" : "taken";
    if (verdict === "taken") taken = true;
    return { arrivedAt: Math.max(at, sender?.answeredAt ?? 0), verdict, from, error, message };
  });
}

function sameBytes(a: Payload, b: Payload): boolean {
  if (a.size !== b.size) return false;
  // Either may have been cut or given way: the bytes that both have decide.
  const length = Math.min(a.bytes.length, b.bytes.length);
  for (let at = 0; at < length; at++) if (a.bytes[at] !== b.bytes[at]) return false;
  return true;
}

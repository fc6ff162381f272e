import { notAfter, type DeliveryDraft } from "./deliveries.ts";
import { payloadOf } from "../record/eventTexts.ts";
import { FLAG, type PeerId } from "../events/events.ts";
import type { Arrival, Payload } from "../events/exchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { verdictOf } from "../record/verdicts.ts";

/**
 * What reached the inbox, oldest first, with a verdict and a sender for each; `numbers` are its events. The wire does not say
 * who sent a reply, so each is matched to an answer of this page with the same bytes; what matches none came from outside.
 * `others` is who sent what matches no answer: `OUTSIDE`, unless answers were evicted. Deliveries that were matched are brought
 * before their arrival.
 */
export function arrivalsOf(
  record: TrafficRecord,
  numbers: readonly number[],
  deliveries: readonly DeliveryDraft[],
  others: PeerId | null,
): Arrival[] {
  const { events } = record;
  const found = numbers.map((number) => {
    const row = number % events.capacity;
    const message = payloadOf(record, number);
    const verdict = verdictOf(record, number);
    return { number, arrivedAt: events.at[row] ?? 0, message, verdict, flags: events.flags[row] ?? 0 };
  });
  const senders = match(
    found.map(({ verdict, ...arrival }) => (verdict === "noResponders" ? null : arrival)),
    deliveries,
  );
  return found.map(({ arrivedAt, message, verdict, flags }, index) => {
    const sender = senders[index];
    if (sender) notAfter(sender, arrivedAt);
    return {
      arrivedAt,
      verdict,
      from: verdict === "noResponders" ? null : (sender?.peer ?? others),
      error: (flags & FLAG.error) !== 0,
      message,
    };
  });
}

interface Reply {
  readonly arrivedAt: number;
  readonly message: Payload;
}

/**
 * For each reply the delivery whose answer it is, or undefined. Each answer is one reply's at most, the earliest with the same
 * bytes. Answers that were published before the reply arrived go first; clocks may be out by a little, so that the rest
 * get what is left.
 */
function match(
  replies: readonly (Reply | null)[],
  deliveries: readonly DeliveryDraft[],
): (DeliveryDraft | undefined)[] {
  const answers = deliveries
    .filter(({ answer }) => answer !== null)
    .sort((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0) || a.peer - b.peer);
  const senders = replies.map((): DeliveryDraft | undefined => undefined);
  for (const strict of [true, false]) {
    for (const [index, reply] of replies.entries()) {
      if (reply === null || senders[index]) continue;
      const position = answers.findIndex(
        ({ answer, answeredAt }) =>
          answer !== null &&
          sameBytes(answer, reply.message) &&
          (!strict || (answeredAt ?? 0) <= reply.arrivedAt),
      );
      if (position >= 0) senders[index] = answers.splice(position, 1)[0];
    }
  }
  return senders;
}

function sameBytes(a: Payload, b: Payload): boolean {
  if (a.size !== b.size) return false;
  // Either may have been cut or given way: the bytes that both have decide.
  const length = Math.min(a.bytes.length, b.bytes.length);
  for (let index = 0; index < length; index++) if (a.bytes[index] !== b.bytes[index]) return false;
  return true;
}

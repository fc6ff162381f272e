import { payloadOf, textOf } from "./eventTexts.ts";
import { HANDLER_RESULTS, KIND, type HandlerResult, type Instant, type PeerId } from "./events.ts";
import type { Delivery, Payload } from "./exchange.ts";
import type { TrafficRecord } from "./record.ts";

interface Found {
  readonly list: readonly Delivery[];
  /** The request as the first responder got it. */
  readonly request: Payload | null;
}

/**
 * The deliveries of an exchange from its events. Clocks of workers are comparable to within the error of their measured
 * offsets, so a delivery can seem to come before its sending by that much: it is told at the sending then.
 */
export function deliveriesOf(
  record: TrafficRecord,
  numbers: readonly number[],
  sentAt: Instant | null,
): Found {
  const { events } = record;
  const made = new Map<PeerId, Writable>();
  let request: Payload | null = null;
  for (const number of numbers) {
    const row = number % events.capacity;
    const peer = events.peer[row] ?? 0;
    const at = Math.max(events.at[row] ?? 0, sentAt ?? 0);
    if (events.kind[row] === KIND.delivered) {
      request ??= payloadOf(record, number);
      made.set(peer, {
        peer,
        deliveredAt: at,
        handlingAt: null,
        handledAt: null,
        result: null,
        error: "",
        answeredAt: null,
        answer: null,
      });
      continue;
    }
    const delivery = made.get(peer);
    if (!delivery) continue;
    switch (events.kind[row]) {
      case KIND.handling:
        delivery.handlingAt = at;
        break;
      case KIND.handled:
        delivery.handledAt = at;
        delivery.result = HANDLER_RESULTS[events.code[row] ?? 0] ?? null;
        delivery.error = textOf(record, number, "payload");
        break;
      case KIND.answered:
        delivery.answeredAt = at;
        delivery.answer = payloadOf(record, number);
        break;
    }
  }
  for (const delivery of made.values()) {
    if (delivery.handledAt !== null) continue;
    const ended = record.gone.get(delivery.peer)?.find((at) => at >= delivery.deliveredAt);
    if (ended !== undefined) {
      delivery.handledAt = ended;
      delivery.result = "aborted";
    }
  }
  return {
    list: [...made.values()].sort((a, b) => a.deliveredAt - b.deliveredAt || a.peer - b.peer),
    request,
  };
}

interface Writable {
  readonly peer: PeerId;
  readonly deliveredAt: Instant;
  handlingAt: Instant | null;
  handledAt: Instant | null;
  result: HandlerResult | null;
  error: string;
  answeredAt: Instant | null;
  answer: Payload | null;
}

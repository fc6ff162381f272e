import type { Reason } from "../events/reasons.ts";
import { payloadOf, reasonOf } from "../record/eventTexts.ts";
import {
  FLAG,
  HANDLER_RESULTS,
  KIND,
  SERVER_ERRORS,
  type HandlerResult,
  type PeerId,
} from "../events/events.ts";
import type { Delivery, Payload } from "../events/exchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

const PUBLISH_REFUSED = SERVER_ERRORS.indexOf("publish");

/** A delivery while it is being put together from events. */
export interface DeliveryDraft {
  readonly peer: PeerId;
  /** Of the event that told of it. */
  readonly number: number;
  deliveredAt: Instant;
  handlingAt: Instant | null;
  handledAt: Instant | null;
  result: HandlerResult | null;
  error: Reason | null;
  answeredAt: Instant | null;
  replyRefused: boolean;
  answer: Payload | null;
  /** Its events were evicted, and its end is only known from its answer. */
  presumed: boolean;
}

/**
 * The deliveries of an exchange, from its events in the order in which they were folded. One responder may have got the
 * request more than once, when two of its subscriptions match; what it does then belongs to its oldest delivery that
 * lacks it, or to one whose own event was evicted: of that it is told when the responder had it at the latest.
 */
export function deliveriesOf(
  record: TrafficRecord,
  numbers: readonly number[],
  goneDeliveries: number,
): DeliveryDraft[] {
  const { events } = record;
  const drafts: DeliveryDraft[] = [];
  let gone = goneDeliveries;
  const had = (peer: PeerId, number: number, deliveredAt: Instant): DeliveryDraft => {
    const draft: DeliveryDraft = {
      peer,
      number,
      deliveredAt,
      handlingAt: null,
      handledAt: null,
      result: null,
      error: null,
      answeredAt: null,
      replyRefused: false,
      answer: null,
      presumed: false,
    };
    drafts.push(draft);
    return draft;
  };
  const lacking = (
    peer: PeerId,
    number: number,
    at: Instant,
    what: "handlingAt" | "handledAt" | "answeredAt",
  ): DeliveryDraft | undefined =>
    drafts.find((one) => one.peer === peer && one[what] === null) ??
    (gone-- > 0 ? had(peer, number, at) : undefined);
  for (const number of numbers) {
    const row = number % events.capacity;
    const peer = events.peer[row] ?? 0;
    const at = events.at[row] ?? 0;
    switch (events.kind[row]) {
      case KIND.delivered:
        had(peer, number, at);
        break;
      case KIND.handling: {
        const draft = lacking(peer, number, at, "handlingAt");
        if (draft) draft.handlingAt = at;
        break;
      }
      case KIND.handled: {
        const draft =
          drafts.find((one) => one.peer === peer && one.presumed) ?? lacking(peer, number, at, "handledAt");
        if (!draft) break;
        draft.presumed = false;
        if (draft.number === number) draft.handlingAt = at;
        draft.handledAt = at;
        draft.result = HANDLER_RESULTS[events.code[row] ?? 0] ?? null;
        draft.error = reasonOf(record, number);
        break;
      }
      case KIND.answered: {
        const draft = lacking(peer, number, at, "answeredAt");
        if (!draft) break;
        draft.answeredAt = at;
        draft.answer = payloadOf(record, number);
        if (draft.number !== number) break;
        draft.presumed = true;
        draft.handlingAt = at;
        draft.handledAt = at;
        draft.result = ((events.flags[row] ?? 0) & FLAG.error) === 0 ? "replied" : "errorReply";
        break;
      }
      case KIND.err: {
        // The server refuses in the order in which it was sent to.
        const draft = drafts.find((one) => one.peer === peer && one.answeredAt !== null && !one.replyRefused);
        if (draft && events.code[row] === PUBLISH_REFUSED) draft.replyRefused = true;
        break;
      }
    }
  }
  for (const draft of drafts) {
    if (draft.handledAt !== null) continue;
    // A peer's events are in order, the end of its worker among them.
    const ending = record.endings.get(draft.peer)?.find(({ number }) => number > draft.number);
    if (!ending) continue;
    draft.handledAt = ending.at;
    draft.result = "aborted";
    draft.error = ending.reason;
  }
  return drafts;
}

/**
 * The same deliveries with none before `earliest`, the sending. Clocks of workers are comparable to within the error of their
 * measured offsets, so that one can seem to come before its cause by as much; it is told at its cause then.
 */
export function notBefore(drafts: readonly DeliveryDraft[], earliest: Instant): void {
  for (const draft of drafts) moveMoments(draft, (at) => Math.max(at, earliest));
}

/** A delivery whose answer arrived at `latest`: nothing that led to the answer is told after that, for the same reason. */
export function notAfter(draft: DeliveryDraft, latest: Instant): void {
  const { handledAt, answeredAt } = draft;
  moveMoments(draft, (at) => Math.min(at, latest));
  // What a handler does after its answer need not be over when that arrives.
  if (handledAt !== null && answeredAt !== null && handledAt > answeredAt) draft.handledAt = handledAt;
}

function moveMoments(draft: DeliveryDraft, move: (at: Instant) => Instant): void {
  draft.deliveredAt = move(draft.deliveredAt);
  if (draft.handlingAt !== null) draft.handlingAt = move(draft.handlingAt);
  if (draft.handledAt !== null) draft.handledAt = move(draft.handledAt);
  if (draft.answeredAt !== null) draft.answeredAt = move(draft.answeredAt);
}

/** The finished deliveries, earliest first. */
export const finished = (drafts: readonly DeliveryDraft[]): Delivery[] =>
  drafts
    .map(({ number: _, presumed: __, ...delivery }) => delivery)
    .sort((a, b) => a.deliveredAt - b.deliveredAt || a.peer - b.peer);

import { holdsEvent } from "../record/eventRing.ts";
import { chainOf } from "../exchanges/readExchangeRow.ts";
import { KIND } from "../events/events.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { RecordView } from "../record/trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** The kinds of events that a person can step to. What keeps a connection going tells nothing of an exchange. */
const STEPS: ReadonlySet<number> = new Set([
  KIND.attempted,
  KIND.sent,
  KIND.delivered,
  KIND.handling,
  KIND.handled,
  KIND.answered,
  KIND.arrived,
  KIND.settled,
  KIND.subscribed,
  KIND.unsubscribed,
  KIND.published,
  KIND.message,
  KIND.err,
  KIND.state,
  KIND.log,
  KIND.backoff,
  KIND.breaker,
]);

const FELL_BACK = outcomeCode("fellBack");

/** True for a held event that is a step. */
export function isStep({ whole: { events } }: Pick<RecordView, "whole">, number: number): boolean {
  const e = number % events.capacity;
  const kind = events.kind[e]!;
  if (STEPS.has(kind)) return true;
  // A call of which nothing was ever sent has no other end.
  return kind === KIND.concluded && (events.exchange[e] === 0 || events.code[e] === FELL_BACK);
}

/** The number of the last step that had happened; undefined for none. `seq`: of that exchange only. */
export function currentStep(past: RecordView, seq: number | null): number | undefined {
  if (seq !== null) return stepsOf(past, seq).findLast((number) => past.index.whenOf(number) <= past.at);
  return backFrom(past, past.index.placeAt(past.at) - 1);
}

/** The number of the first step that is still to come. */
export function nextStep(past: RecordView, seq: number | null): number | undefined {
  const { index, at } = past;
  if (seq !== null) return stepsOf(past, seq).find((number) => index.whenOf(number) > at);
  for (let place = index.placeAt(at); place < index.endPlace; place++) {
    const number = index.numberAt(place);
    if (number !== undefined && isStep(past, number)) return number;
  }
  return undefined;
}

/** The number of the last step before the instant itself. */
export function stepBefore(past: RecordView, seq: number | null): number | undefined {
  const { index, at } = past;
  if (seq !== null) return stepsOf(past, seq).findLast((number) => index.whenOf(number) < at);
  let place = index.placeAt(at) - 1;
  const number = index.numberAt(place);
  if (number !== undefined && index.whenOf(number) >= at) place--;
  return backFrom(past, place);
}

/** The numbers of an exchange's steps that can be stood at, in the order of their times. */
function stepsOf(past: RecordView, seq: number): number[] {
  const { exchanges } = past.whole;
  const row = seq % exchanges.capacity;
  if (exchanges.seq[row] !== seq) return [];
  const numbers = [...chainOf(past.whole, exchanges.newest[row]!, seq)].filter(
    (number) =>
      number <= past.index.last &&
      isStep(past, number) &&
      past.index.whenOf(number) > past.whole.events.evictedUpTo,
  );
  return numbers.sort((a, b) => past.index.whenOf(a) - past.index.whenOf(b));
}

/** The place in time of a step among those of its exchange: `3 of 8`. */
export function stepCount(past: RecordView, seq: number): { readonly done: number; readonly all: number } {
  const steps = stepsOf(past, seq);
  return { done: steps.filter((number) => past.index.whenOf(number) <= past.at).length, all: steps.length };
}

/** When an exchange began and when the last that is known of it happened; null when it was evicted. */
export function exchangeSpan(
  past: RecordView,
  seq: number,
): { readonly from: Instant; readonly to: Instant } | null {
  const steps = stepsOf(past, seq);
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || !holdsEvent(past.whole.events, first)) return null;
  return { from: past.index.whenOf(first), to: past.index.whenOf(last) };
}

function backFrom(past: RecordView, place: number): number | undefined {
  for (; place >= past.index.firstPlace; place--) {
    const number = past.index.numberAt(place);
    if (number !== undefined && isStep(past, number)) return number;
  }
  return undefined;
}

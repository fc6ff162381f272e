import type { Verdict } from "../events/exchange.ts";
import { holdsEvent, previousOf } from "./eventRing.ts";
import { rowOfSeq, UNSETTLED } from "./exchangeRing.ts";
import type { TrafficRecord } from "./trafficRecord.ts";

/** What was decided of an arrival when it was folded, as a code; 0 for what is no arrival. */
export const VERDICT = { taken: 1, duplicate: 2, late: 3, noResponders: 4 } as const satisfies Record<
  Verdict,
  number
>;

const VERDICTS: readonly Verdict[] = ["taken", "taken", "duplicate", "late", "noResponders"];

/**
 * The verdict on an arrival that is held. Of gathered replies the last ones may have come in the same breath as the one that was
 * enough: when the exchange is settled, those turn out to have come too late.
 */
export function verdictOf({ events, exchanges }: TrafficRecord, number: number): Verdict {
  const e = number % events.capacity;
  const verdict = VERDICTS[events.verdict[e]!] ?? "taken";
  const row = rowOfSeq(exchanges, events.exchange[e]!);
  if (verdict !== "taken" || row < 0 || exchanges.gathers[row] === 0) return verdict;
  if (exchanges.outcome[row] === UNSETTLED) return verdict;
  let after = 0;
  for (let each = exchanges.newest[row]!; each !== number && holdsEvent(events, each);) {
    if (events.verdict[each % events.capacity] !== 0) after++;
    each = previousOf(events, each);
  }
  return after < exchanges.late[row]! ? "late" : verdict;
}

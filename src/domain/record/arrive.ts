import type { Instant } from "../base/instant.ts";
import type { PeerId } from "../events/events.ts";
import { countElsewhere, countUnattributed } from "./outside.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { VERDICT } from "./verdicts.ts";

/**
 * The first reply to a waiting request is taken; one after it is a duplicate; one after a timeout is late. Where replies are
 * gathered each is taken until the exchange is settled, and late afterwards. Gives the verdict.
 */
export function arrive(
  record: TrafficRecord,
  row: number,
  key: number,
  peer: PeerId,
  at: Instant,
  second: number,
): number {
  const { exchanges, evictedInFlight, perSecond } = record;
  let taken = false;
  let late = false;
  const own = row >= 0 && exchanges.requester[row] === peer;
  if (own && exchanges.arrivals[row] === 0) {
    if (exchanges.deliveries[row] === 0) elsewhere(record, row, 1);
    if (exchanges.answers[row] === 0) countUnattributed(record, at, 1);
  }
  if (own && exchanges.gathers[row] === 1) {
    late = exchanges.settledAt[row] !== 0;
    exchanges.arrivals[row]!++;
    if (late) exchanges.late[row]!++;
  } else if (own) {
    taken = exchanges.arrivals[row]! > exchanges.late[row]! + exchanges.duplicate[row]!;
    late = !taken && exchanges.settledAt[row] !== 0;
    exchanges.arrivals[row]!++;
    if (taken) exchanges.duplicate[row]!++;
    if (late) exchanges.late[row]!++;
  } else {
    // Its exchange was evicted. While that was in flight the first reply is the one waited for; after its end every one is late.
    const slot = evictedInFlight.find(key);
    if (slot < 0) late = true;
    else taken = evictedInFlight.values[slot]!++ > 0;
  }
  if (taken) {
    record.duplicate++;
    if (second >= 0) perSecond.duplicate[second]!++;
    return VERDICT.duplicate;
  }
  if (!late) return VERDICT.taken;
  countLate(record, second, 1);
  return VERDICT.late;
}

/** Counts a request of this page that somebody elsewhere answered, or takes it back. */
export const elsewhere = (record: TrafficRecord, row: number, count: 1 | -1): void =>
  countElsewhere(record, record.exchanges.subject[row]!, record.exchanges.attemptedAt[row]!, count);

export function countLate(record: TrafficRecord, second: number, count: number): void {
  record.late += count;
  if (second >= 0) record.perSecond.late[second]! += count;
}

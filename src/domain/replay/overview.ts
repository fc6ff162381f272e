import { KIND } from "../events/events.ts";
import type { TimeIndex, TrafficRecord } from "../record/trafficRecord.ts";
import { OUTCOMES, outcomeCode } from "../events/outcomes.ts";
import { newestFirst } from "../record/perSecondCounters.ts";
import type { Instant } from "../base/instant.ts";

/** How much happened in each of equal parts of a span of time, and how much of it was failures. */
export interface Overview {
  readonly activity: Float64Array;
  readonly failures: Float64Array;
}

const REPLIED = outcomeCode("replied");

/** Exactly, from every event that is held. */
export function overviewOf(
  { events }: TrafficRecord,
  index: TimeIndex,
  from: Instant,
  to: Instant,
  parts: number,
): Overview {
  const activity = new Float64Array(parts);
  const failures = new Float64Array(parts);
  const scale = parts / Math.max(to - from, 1e-6);
  for (let place = index.firstPlace; place < index.endPlace; place++) {
    const number = index.numberAt(place);
    if (number === undefined) continue;
    const e = number % events.capacity;
    const kind = events.kind[e];
    if (kind !== KIND.sent && kind !== KIND.delivered && kind !== KIND.answered && kind !== KIND.settled)
      continue;
    const part = Math.min(parts - 1, Math.max(0, Math.floor((index.when[e]! - from) * scale)));
    activity[part]!++;
    if (kind === KIND.settled && events.code[e] !== REPLIED) failures[part]!++;
  }
  return { activity, failures };
}

/** From the sums that are kept of each second: coarse, and cheap enough to follow live traffic. */
export function roughOverview(
  { perSecond: seconds }: TrafficRecord,
  from: Instant,
  to: Instant,
  parts: number,
): Overview {
  const activity = new Float64Array(parts);
  const failures = new Float64Array(parts);
  const scale = parts / Math.max(to - from, 1e-6);
  for (const slot of newestFirst(seconds)) {
    const begins = seconds.beginsAt[slot]!;
    const low = Math.max(0, Math.floor((begins - from) * scale));
    const high = Math.min(parts - 1, Math.floor((begins + 999 - from) * scale));
    let settled = 0;
    let failed = 0;
    for (let code = 0; code < OUTCOMES.length; code++) {
      const count = seconds.settled[slot * OUTCOMES.length + code]!;
      settled += count;
      if (code !== REPLIED) failed += count;
    }
    for (let part = low; part <= high; part++) {
      const share = 1 / (high - low + 1);
      activity[part]! += share * (4 * settled + Math.max(0, seconds.served[slot]!));
      failures[part]! += share * failed;
    }
  }
  return { activity, failures };
}

import type { Instant } from "../events/events.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { CLAIM_MS } from "./servedOutside.ts";
import { subjectMatches } from "../messages/subjects.ts";

/**
 * Requests of this page on one subject that no responder here got and that were answered all the same: by programs elsewhere. Counted
 * by when they were asked, since a responder may tell of its request after the reply was told: the newest seconds are kept apart.
 */
export interface ElsewhereCounts {
  answered: number;
  /** The newest second in which one was asked, how many in it, and in the one before. */
  second: number;
  inSecond: number;
  inSecondBefore: number;
}

const SECOND_MS = 1000;

/** How long after a request it is sure to be counted. */
export const SURE_AFTER_MS = SECOND_MS + CLAIM_MS;

/** Counts one asked at `at`, or takes it back with a `count` of −1: a responder of this page got it after all. */
export function countElsewhere(
  { elsewhere }: TrafficRecord,
  subject: number,
  at: Instant,
  count: 1 | -1,
): void {
  let counts = elsewhere.get(subject);
  if (!counts) elsewhere.set(subject, (counts = { answered: 0, second: 0, inSecond: 0, inSecondBefore: 0 }));
  const second = Math.floor(at / SECOND_MS);
  if (second > counts.second) {
    counts.inSecondBefore = second === counts.second + 1 ? counts.inSecond : 0;
    counts.inSecond = 0;
    counts.second = second;
  }
  counts.answered += count;
  if (second === counts.second) counts.inSecond += count;
  else if (second === counts.second - 1) counts.inSecondBefore += count;
}

/** How many of the requests that a subscription to `pattern` hears were answered elsewhere, as far as that is sure at `now`. */
export function answeredElsewhere(record: TrafficRecord, pattern: string, now: Instant): number {
  let answered = 0;
  for (const [number, counts] of record.elsewhere) {
    if (subjectMatches(pattern, record.exchanges.subjects[number] ?? "")) answered += sureOf(counts, now);
  }
  return answered;
}

function sureOf({ answered, second, inSecond, inSecondBefore }: ElsewhereCounts, now: Instant): number {
  const sureBefore = (now - CLAIM_MS) / SECOND_MS;
  if (second + 1 <= sureBefore) return answered;
  return answered - inSecond - (second <= sureBefore ? 0 : inSecondBefore);
}

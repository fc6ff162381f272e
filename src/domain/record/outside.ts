import type { TrafficRecord, ElsewhereCounts } from "./trafficRecord.ts";
import { subjectMatches } from "../messages/subjects.ts";
import { keptSlot } from "./perSecondCounters.ts";
import type { Instant } from "../base/instant.ts";

const SECOND_MS = 1000;

/**
 * What one worker saw may be known before what another did, since each tells at its own pace. A peer of this page that made a request
 * tells so within this time; after it, the request is from elsewhere.
 */
export const ATTRIBUTION_WINDOW_MS = 400;

/** How long after a request it is sure to be counted. */
export const SURE_AFTER_MS = SECOND_MS + ATTRIBUTION_WINDOW_MS;

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
export function externalReplies(record: TrafficRecord, pattern: string, now: Instant): number {
  let answered = 0;
  for (const [number, counts] of record.elsewhere) {
    if (subjectMatches(pattern, record.exchanges.subjects[number] ?? "")) answered += sureOf(counts, now);
  }
  return answered;
}

/** Each subject on which requests were answered elsewhere, as far as that is sure at `now`, with how many. */
export function subjectsAnsweredOutside(
  record: TrafficRecord,
  now: Instant,
): readonly { readonly subject: string; readonly answered: number }[] {
  return [...record.elsewhere]
    .map(([number, counts]) => ({
      subject: record.exchanges.subjects[number] ?? "",
      answered: sureOf(counts, now),
    }))
    .filter(({ answered }) => answered > 0);
}

function sureOf({ answered, second, inSecond, inSecondBefore }: ElsewhereCounts, now: Instant): number {
  const sureBefore = (now - ATTRIBUTION_WINDOW_MS) / SECOND_MS;
  if (second + 1 <= sureBefore) return answered;
  return answered - inSecond - (second <= sureBefore ? 0 : inSecondBefore);
}

/**
 * Answers to requesters elsewhere, as far as that is sure: while some are newer than a claim may be late, those of the last one or two
 * seconds are left out. `now` is epoch ms on the page's clock.
 */
export function externalRequests(
  { served, servedAt, perSecond: seconds }: TrafficRecord,
  now: Instant,
): number {
  if (now - servedAt > ATTRIBUTION_WINDOW_MS) return served;
  // Clocks of workers may be a little ahead.
  const unsure = new Set(
    [now + SECOND_MS, now, now - ATTRIBUTION_WINDOW_MS].map((at) => keptSlot(seconds, at)),
  );
  let sure = served;
  for (const slot of unsure) if (slot >= 0) sure -= seconds.served[slot] ?? 0;
  return sure;
}

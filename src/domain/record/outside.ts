import type { TrafficRecord, ElsewhereCounts } from "./trafficRecord.ts";
import { subjectMatches } from "../messages/subjects.ts";
import { keptSlot } from "./perSecondCounters.ts";
import type { Instant } from "../base/instant.ts";
import type { PeerId } from "../events/events.ts";

const SECOND_MS = 1000;

/**
 * What one worker saw may be known before what another did, since each tells at its own pace. Clocks are out by less than this, and a
 * message is on its way for less.
 */
export const ATTRIBUTION_WINDOW_MS = 400;

/**
 * Up to when it is sure who of this page took part. Of a request before that instant that none of its peers made, or a reply that none
 * of them sent, some program elsewhere did. It takes until every peer has told all of that time; a busy one takes longer. Where no
 * peer can tell, or none has to, the time is that of `now`.
 */
export function attributedUpTo(record: TrafficRecord, now: Instant): Instant {
  const { told, unattributed } = record.past?.whole ?? record;
  if (told.size === 0 || unattributed.count === unattributed.sure) return now - ATTRIBUTION_WINDOW_MS;
  return Math.min(...told.values()) - ATTRIBUTION_WINDOW_MS;
}

/** Whether it is not sure yet who made a request; of what came before `upTo` it is. */
export const isUnattributed = (
  { requester, firstAt }: { readonly requester: PeerId | null; readonly firstAt: Instant },
  upTo: Instant,
): boolean => requester === null && firstAt > upTo;

/** Whether a reply that none of this page seems to have sent may still turn out to be of one. */
export const isUnattributedReply = (
  { outsideAt }: { readonly outsideAt: Instant | null },
  upTo: Instant,
): boolean => outsideAt !== null && outsideAt > upTo;

/** A peer has told all that it did up to an instant. */
export function noteTold(record: TrafficRecord, peer: PeerId, upTo: Instant): void {
  const { told, unattributed } = record;
  told.set(peer, Math.max(upTo, told.get(peer) ?? -Infinity));
  if (attributedUpTo(record, upTo) > unattributed.latestAt) unattributed.sure = unattributed.count;
}

/** Counts a request or a reply of which no peer of this page has told that it was its own, or takes it back with a `count` of −1. */
export function countUnattributed({ unattributed }: TrafficRecord, at: Instant, count: 1 | -1): void {
  unattributed.count += count;
  if (count === 1 && at > unattributed.latestAt) unattributed.latestAt = at;
}

/** When all peers should have told who made what is not sure yet; null where all is, or where nobody can tell. */
export function attributionDueAt({ told, unattributed }: TrafficRecord): Instant | null {
  if (told.size === 0 || unattributed.count === unattributed.sure) return null;
  return unattributed.latestAt + ATTRIBUTION_WINDOW_MS;
}

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
  const upTo = attributedUpTo(record, now);
  for (const [number, counts] of record.elsewhere) {
    if (subjectMatches(pattern, record.exchanges.subjects[number] ?? "")) answered += sureOf(counts, upTo);
  }
  return answered;
}

/** Each subject on which requests were answered elsewhere, as far as that is sure at `now`, with how many. */
export function subjectsAnsweredOutside(
  record: TrafficRecord,
  now: Instant,
): readonly { readonly subject: string; readonly answered: number }[] {
  const upTo = attributedUpTo(record, now);
  return [...record.elsewhere]
    .map(([number, counts]) => ({
      subject: record.exchanges.subjects[number] ?? "",
      answered: sureOf(counts, upTo),
    }))
    .filter(({ answered }) => answered > 0);
}

function sureOf({ answered, second, inSecond, inSecondBefore }: ElsewhereCounts, upTo: Instant): number {
  const sureBefore = upTo / SECOND_MS;
  if (second + 1 <= sureBefore) return answered;
  return answered - inSecond - (second <= sureBefore ? 0 : inSecondBefore);
}

/**
 * Answers to requesters elsewhere, as far as that is sure: while some are newer, those of the seconds since are left out. `now` is
 * epoch ms on the page's clock.
 */
export function externalRequests(record: TrafficRecord, now: Instant): number {
  const { served, servedAt, perSecond: seconds } = record;
  const upTo = attributedUpTo(record, now);
  if (servedAt < upTo) return served;
  let sure = served;
  for (let at = upTo; at < servedAt + SECOND_MS; at += SECOND_MS) {
    const slot = keptSlot(seconds, at);
    if (slot >= 0) sure -= seconds.served[slot] ?? 0;
  }
  return sure;
}

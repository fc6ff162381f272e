import type { Exchange } from "../domain/events/exchange.ts";
import { formatMs } from "../domain/base/formats.ts";
import type { ExchangeSummary } from "../domain/exchanges/readExchange.ts";
import { OUTCOME_WORDS, type Outcome } from "../domain/events/outcomes.ts";
import type { Measure } from "./lesson.ts";
import type { LessonView, Talk } from "./lessonView.ts";
import type { Instant } from "../domain/base/instant.ts";

/** Questions that several lessons ask of what was recorded. */

/** True once a reply was taken, or, for a requester elsewhere, sent. */
export const isAnswered = ({ requester, arrivals, deliveries }: Exchange): boolean =>
  requester === null
    ? deliveries.some(({ answeredAt }) => answeredAt !== null)
    : arrivals.some(({ verdict }) => verdict === "taken");

export const newestOf = (talks: readonly Talk[], subject: string): Talk | undefined =>
  talks.find(({ exchange }) => exchange.subject === subject);

/** The greatest number of different reply subjects in one inbox, by all but their last token. */
export function samePrefix(replies: readonly string[]): number {
  const inboxes = new Map<string, Set<string>>();
  for (const reply of replies) {
    const inbox = reply.slice(0, Math.max(0, reply.lastIndexOf(".")));
    inboxes.set(inbox, (inboxes.get(inbox) ?? new Set()).add(reply));
  }
  return Math.max(0, ...[...inboxes.values()].map((each) => each.size));
}

/** How many of the requests of this step ended in each of these ways. */
export const outcomeMeasures = (seen: LessonView, outcomes: readonly Outcome[]): Measure[] =>
  outcomes.map((outcome) => ({
    label: OUTCOME_WORDS[outcome],
    value: String(seen.exchanges.filter((exchange) => exchange.outcome === outcome).length),
  }));

/** When an exchange began, as far as the page can know. */
export const beganAt = ({ attemptedAt, sentAt, deliveries }: Exchange): Instant | null =>
  attemptedAt ?? sentAt ?? deliveries[0]?.deliveredAt ?? null;

/** When its answer was there: taken by a requester of the page, or sent to one elsewhere. */
export function answeredAt({ requester, arrivals, deliveries }: Exchange): Instant | null {
  if (requester !== null) return arrivals.find(({ verdict }) => verdict === "taken")?.arrivedAt ?? null;
  const sent = deliveries.map(({ answeredAt }) => answeredAt).filter((at) => at !== null);
  return sent.length === 0 ? null : Math.min(...sent);
}

/** Of the newest request of this step what came of it; and the calls that were ended without a request. */
export function newestMeasures(seen: LessonView): Measure[] {
  const [newest] = seen.exchanges;
  const { fellBack, shortCircuited, refused } = seen.counts.calls.outcomes;
  const ended = { fellBack, shortCircuited, refused };
  return [
    ...(newest ? [{ label: newest.subject, value: endOf(newest, seen) }] : []),
    ...Object.entries(ended).flatMap(([outcome, count]) =>
      count === 0 ? [] : [{ label: OUTCOME_WORDS[outcome as keyof typeof ended], value: String(count) }],
    ),
  ];
}

function endOf(
  { requester, outcome, latencyMs, from, late, duplicate }: ExchangeSummary,
  seen: LessonView,
): string {
  if (requester === null) return "from a program elsewhere";
  if (outcome === null) return "in flight";
  const took = latencyMs === null ? "" : ` after ${formatMs(latencyMs)}`;
  const by = outcome === "replied" && from !== null ? ` by ${seen.nameOf(from)}` : "";
  const others = [late > 0 ? `${late} late` : "", duplicate > 0 ? `${duplicate} duplicate` : ""]
    .filter((each) => each !== "")
    .map((each) => `, ${each}`);
  return `${OUTCOME_WORDS[outcome]}${by}${took}${others.join("")}`;
}

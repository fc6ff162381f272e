import type { Exchange } from "../domain/events/exchange.ts";
import { isAnswered } from "./looks.ts";
import type { LessonView, Talk } from "./lessonView.ts";

/** What a handler asked for itself while it had this request: the requests to one subject, newest first. */
export const nestedIn = (talk: Talk, seen: LessonView, subject: string): Talk[] =>
  seen.talks.filter(({ exchange }) => exchange.parent === talk.exchange.key && exchange.subject === subject);

/** Those on a subject that were answered, newest first. */
export const answeredOn = (seen: LessonView, subject: string): Talk[] =>
  seen.talks.filter(({ exchange }) => exchange.subject === subject && isAnswered(exchange));

/** From asking to its end in ms; 0 for one that is not over. */
export const lengthMs = ({ attemptedAt, sentAt, deliveries, settledAt }: Exchange): number => {
  const began = attemptedAt ?? sentAt ?? deliveries[0]?.deliveredAt;
  const ended = settledAt ?? deliveries[0]?.answeredAt;
  return began === undefined || began === null || ended === undefined || ended === null ? 0 : ended - began;
};

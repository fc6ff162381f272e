import type { Reason } from "../domain/events/reasons.ts";
import type { Outcome } from "../domain/events/outcomes.ts";
import type { LessonAction } from "./actions.ts";

/** Requests with what should come of each: a test that is run over the wire, by a requester of the page. */
export interface CaseSet {
  /** Unique among all lessons. */
  readonly id: string;
  /** The requester that asks, by name; the first one where there is none of that name. */
  readonly requester: string;
  readonly cases: readonly RequestCase[];
}

export interface RequestCase {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  /** The payload, sent as it stands. */
  readonly request: string;
  /** What is changed for this case alone, such as a responder that is killed, and how it is put back afterwards. */
  readonly before?: readonly LessonAction[];
  readonly after?: readonly LessonAction[];
  /** The requester's own timeout where it is not given. */
  readonly timeoutMs?: number;
  /** What should come, in few words or as the reply itself. */
  readonly expected: string;
  /** Null when the answer is as expected; else what is different, in words. */
  readonly check: (answer: CaseAnswer) => string | null;
}

/** What came of a case's request. */
export interface CaseAnswer {
  readonly outcome: Outcome;
  /** Why, where the outcome needs it; empty for nothing to say. */
  readonly reason: Reason | null;
  /** The reply's payload, empty for none. */
  readonly text: string;
  /** The reply as JSON; undefined when it is none. */
  readonly json: unknown;
  readonly latencyMs: number;
}

/** How a set of cases stands. */
export interface CasesSeen {
  readonly met: number;
  readonly failed: number;
  readonly of: number;
}

/**
 * What became of a call, or of one exchange of it: exactly one of these, or still in flight.
 * The position in this list is the outcome's code in an event column: append, never reorder.
 */
export const OUTCOMES = [
  "replied",
  "errorReply",
  "timedOut",
  "noResponders",
  "connectionLost",
  "refused",
  "cancelled",
  "shortCircuited",
  "fellBack",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The words people see. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  replied: "replied",
  errorReply: "error reply",
  timedOut: "timed out",
  noResponders: "no responders",
  connectionLost: "connection lost",
  refused: "refused",
  cancelled: "cancelled",
  shortCircuited: "short-circuited",
  fellBack: "fell back",
};

export const outcomeCode = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

/** The outcome behind a code; `undefined` for a number that is none. */
export const outcomeOf = (code: number): Outcome | undefined => OUTCOMES[code];

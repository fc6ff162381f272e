import { OUTCOME_WORDS, type Outcome } from "../../../domain/events/outcomes.ts";
import "./outcome.css";

/** What can be said of an exchange or a call: how it ended, or that it has not. */
export type Standing = Outcome | "inFlight";

export const standingWords = (standing: Standing): string =>
  standing === "inFlight" ? "in flight" : OUTCOME_WORDS[standing];

/** The shape and colour of an outcome. Goes beside its word: it says nothing to a screen reader. */
export function OutcomeMark({ standing }: { readonly standing: Standing }) {
  return (
    <svg className="results-outcome-mark" data-standing={standing} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[standing]}
    </svg>
  );
}

/** A mark and its word. */
export function OutcomeWord({ standing }: { readonly standing: Standing }) {
  return (
    <span className="results-outcome-word" data-standing={standing}>
      <OutcomeMark standing={standing} />
      {standingWords(standing)}
    </span>
  );
}

const DIAMOND = "M6 1 11 6 6 11 1 6Z";

const SHAPES: Readonly<Record<Standing, React.ReactNode>> = {
  inFlight: <circle cx="6" cy="6" r="4" className="results-outcome-filled" />,
  replied: <path d={DIAMOND} className="results-outcome-filled" />,
  errorReply: (
    <>
      <path d={DIAMOND} className="results-outcome-filled" />
      <path d="M6 3.4v3M6 8v.7" className="results-outcome-cut" />
    </>
  ),
  timedOut: (
    <>
      <circle cx="6" cy="6" r="4.3" className="results-outcome-line" />
      <path d="M6 3.4V6l1.8 1.2" className="results-outcome-line" />
    </>
  ),
  noResponders: (
    <>
      <rect x="1.8" y="1.8" width="8.4" height="8.4" className="results-outcome-line" />
      <path d="M2.2 9.8 9.8 2.2" className="results-outcome-line" />
    </>
  ),
  connectionLost: <path d="M1 6h3M8 6h3M5 3.5l2 5" className="results-outcome-line" />,
  refused: (
    <>
      <circle cx="6" cy="6" r="4.3" className="results-outcome-line" />
      <path d="M3.6 6h4.8" className="results-outcome-line" />
    </>
  ),
  cancelled: <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" className="results-outcome-line" />,
  shortCircuited: <path d="M7 1 3 6.6h2.8L5 11l4-5.6H6.2Z" className="results-outcome-line" />,
  fellBack: <path d="M10 3v3.5H2.5M5 3.8 2.3 6.5 5 9.2" className="results-outcome-line" />,
};

/** What went wrong in a person's handler, and where in its source, counted from 1; null for an unknown place. */
export interface HandlerProblem {
  readonly during: "loading" | "request";
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Rows of a list by running numbers, newest first; valid until the record changes. */
export interface Rows {
  readonly count: number;
  /** The number at a place, 0 for the newest; `undefined` beyond the end. */
  at(place: number): number | undefined;
  /** How many are newer than one: its place, if it is among them. */
  newerThan(number: number): number;
  /** The record is still being looked through. */
  readonly searching: boolean;
}

/** Rows that are looked for in small steps. */
export interface RowIndex extends Omit<Rows, "searching"> {
  /** Takes in what is new, and looks at `budget` older ones. True when all was looked at. */
  advance(budget: number): boolean;
}

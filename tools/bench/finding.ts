import { median } from "./statistics.ts";

/** What one side measured, one value a round. */
export interface Side {
  readonly name: string;
  readonly rounds: readonly number[];
}

/** What has to hold: of the ratio to the other side, or of the value itself. */
export interface Budget {
  readonly of: "ratio" | "value";
  readonly least?: number;
  readonly most?: number;
}

/** One thing that was measured, alone or against something else. */
export interface Finding {
  readonly what: string;
  readonly unit: string;
  readonly side: Side;
  readonly against: Side | null;
  readonly budget: Budget | null;
  /** How rounds are summed up: by their median, or by their largest where one is one too many. */
  readonly by?: "median" | "largest";
}

export interface Verdict {
  readonly value: number;
  readonly againstValue: number | null;
  readonly ratio: number | null;
  /** null where there is no budget. */
  readonly met: boolean | null;
}

export function verdictOf({ side, against, budget, by = "median" }: Finding): Verdict {
  const sum = by === "median" ? median : (values: readonly number[]): number => Math.max(...values);
  const value = sum(side.rounds);
  const againstValue = against ? sum(against.rounds) : null;
  const ratio = againstValue === null ? null : value / againstValue;
  if (budget === null) return { value, againstValue, ratio, met: null };
  const judged = budget.of === "ratio" ? (ratio ?? NaN) : value;
  // A value that is not a number meets no budget.
  const met = judged >= (budget.least ?? -Infinity) && judged <= (budget.most ?? Infinity);
  return { value, againstValue, ratio, met };
}

/** `≥ 3.00 ×`, `≤ 50 ms`. */
export function budgetWords({ of, least, most }: Budget, unit: string): string {
  const words = (bound: number): string => (of === "ratio" ? `${bound.toFixed(2)} ×` : `${bound} ${unit}`);
  return [least === undefined ? [] : `≥ ${words(least)}`, most === undefined ? [] : `≤ ${words(most)}`]
    .flat()
    .join(", ");
}

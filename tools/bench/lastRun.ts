import { readFile } from "node:fs/promises";
import { verdictOf, type Finding } from "./finding.ts";

/** Of one row: what each round came to, as a ratio to the other side where there is one. */
export interface LastRow {
  readonly what: string;
  /** The other side; null for none. */
  readonly against: string | null;
  readonly unit: string;
  readonly rounds: readonly number[];
}

/** Less than this share worse is no news, however sure. */
const LEAST_CHANGE = 0.05;
/** Of fewer rounds nobody can tell what is chance. */
const LEAST_ROUNDS = 2;

/** What later runs need to know of these findings. */
export const lastRows = (findings: readonly Finding[]): LastRow[] =>
  findings.map(({ what, unit, side, against }) => ({
    what,
    against: against?.name ?? null,
    unit,
    // Figures of two runs cannot be compared, ratios of two sides in one run can.
    rounds: against ? side.rounds.map((value, round) => value / (against.rounds[round] ?? NaN)) : side.rounds,
  }));

/** The rows of earlier runs with those that were measured again replaced. */
export const mergedRows = (before: readonly LastRow[], now: readonly LastRow[]): LastRow[] => [
  ...before.filter((row) => !now.some((other) => isSameRow(row, other))),
  ...now,
];

/**
 * A line for each row that got worse than it was in the run before by more than noise: by 5 % at least, and every round of now is worse
 * than each round of then.
 */
export function slowdowns(before: readonly LastRow[], now: readonly LastRow[]): string[] {
  return now.flatMap((row) => {
    const then = before.find((other) => isSameRow(row, other));
    if (then === undefined || Math.min(then.rounds.length, row.rounds.length) < LEAST_ROUNDS) return [];
    const sign = isMoreBetter(row.unit) ? 1 : -1;
    const bestNow = Math.max(...row.rounds.map((value) => sign * value));
    const worstThen = Math.min(...then.rounds.map((value) => sign * value));
    const [was, is] = [middle(then), middle(row)];
    const isWorse = bestNow < worstThen && Math.abs(is - was) >= LEAST_CHANGE * Math.abs(was);
    if (!isWorse) return [];
    const unit = row.against === null ? row.unit : "×";
    const name = row.against === null ? row.what : `${row.what} against ${row.against}`;
    return [`Worse than in the last run: ${name} is ${figure(is)} ${unit}, was ${figure(was)} ${unit}.`];
  });
}

/** What was kept of earlier runs; nothing where there is none, or it cannot be read. */
export async function readLastRows(file: string): Promise<LastRow[]> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, "utf8"));
    return Array.isArray(kept) ? kept.filter(isRow) : [];
  } catch {
    return [];
  }
}

/** Rates are better when they are higher; times, sizes and shares when they are lower. */
const isMoreBetter = (unit: string): boolean => unit.endsWith("/s");

const isSameRow = (a: LastRow, b: LastRow): boolean =>
  a.what === b.what && a.against === b.against && a.unit === b.unit;

const middle = ({ what, unit, rounds }: LastRow): number =>
  verdictOf({ what, unit, side: { name: "", rounds }, against: null, budget: null }).value;

const figure = (value: number): string => value.toPrecision(3);

const isRow = (row: unknown): row is LastRow =>
  typeof row === "object" &&
  row !== null &&
  "what" in row &&
  "against" in row &&
  "unit" in row &&
  "rounds" in row &&
  Array.isArray(row.rounds) &&
  row.rounds.every((round) => typeof round === "number");

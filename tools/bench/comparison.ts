import type { Finding } from "./finding.ts";
import type { Stage } from "./stage.ts";

export interface Run {
  readonly stage: Stage;
  readonly rounds: number;
  /** How long each measurement takes. */
  readonly seconds: number;
  /** Says what is going on, over the last such line. */
  readonly progress: (words: string) => void;
}

/** One row or several of the table, measured together. */
export interface Comparison {
  readonly name: string;
  /** What it compares, in a line. */
  readonly what: string;
  measure(run: Run): Promise<readonly Finding[]>;
}

/** How long code runs before it is measured: compilers need a while to find what is hot. In s. */
export const WARM_UP_SECONDS = 1;

/** Measures each side once a round, in alternation, so that what disturbs the machine disturbs all sides alike. */
export async function alternate<Name extends string, Value>(
  { rounds, progress }: Run,
  what: string,
  sides: Readonly<Record<Name, () => Promise<Value>>>,
  words: (value: Value) => string,
): Promise<Record<Name, Value[]>> {
  const entries = Object.entries(sides) as [Name, () => Promise<Value>][]; // entries forgets the keys
  const measured = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<
    Name,
    Value[]
  >; // as above
  for (let round = 1; round <= rounds; round++) {
    for (const [name, measure] of entries) {
      const value = await measure();
      measured[name].push(value);
      progress(`${what}, round ${round} of ${rounds}: ${name} ${words(value)}`);
    }
  }
  return measured;
}

import { parseArgs } from "node:util";

export interface SoakOptions {
  readonly help: boolean;
  /** Decides every deed; the same seed does the same deeds in the same order. */
  readonly seed: number;
  readonly minutes: number;
  /** Ends after so many deeds; null for as many as the time allows. */
  readonly deeds: number | null;
}

export const USAGE = `npm run soak -- [options]

  --minutes <n>   how long                                        3
  --deeds <n>     ends after so many deeds, if that comes first
  --seed <n>      repeats the deeds of an earlier run             a new one, which is printed`;

/** Reads the flags. Throws an error for people. */
export function readSoakOptions(args: readonly string[], newSeed: () => number): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      seed: { type: "string" },
      minutes: { type: "string" },
      deeds: { type: "string" },
    },
  });
  return {
    help: values.help ?? false,
    seed: values.seed === undefined ? newSeed() : whole("--seed", values.seed, 0, 2 ** 31 - 1),
    minutes: values.minutes === undefined ? 3 : whole("--minutes", values.minutes, 1, 24 * 60),
    deeds: values.deeds === undefined ? null : whole("--deeds", values.deeds, 1, 1_000_000),
  };
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${flag} is “${text}”; give a whole number from ${least} to ${most}.`);
}

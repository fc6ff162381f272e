import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../paths.ts";

export interface BenchOptions {
  readonly help: boolean;
  /** Names of comparisons; empty for all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long each measurement of a round takes. */
  readonly seconds: number;
  /** The JSON file. */
  readonly out: string;
  /** Where CPU profiles go, which are then made instead of measurements; null for none. */
  readonly profile: string | null;
}

export const FOLDER = join(ROOT, ".cache", "bench");

/** Reads the flags. Throws an error for people. `names` are the comparisons that there are. */
export function readBenchOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      only: { type: "string", multiple: true },
      rounds: { type: "string" },
      seconds: { type: "string" },
      out: { type: "string" },
      profile: { type: "boolean" },
    },
  });
  const only = (values.only ?? []).flatMap((list) => list.split(","));
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no comparison “${unknown}”. There are: ${names.join(", ")}.`);
  return {
    help: values.help ?? false,
    only,
    rounds: positive("--rounds", values.rounds, 5),
    seconds: positive("--seconds", values.seconds, 4),
    out: values.out ?? join(FOLDER, "bench.json"),
    profile: values.profile ? join(FOLDER, "profiles") : null,
  };
}

function positive(flag: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new Error(`${flag} is “${text}”; give a whole number from 1 to 1000.`);
}

export const usage = (names: readonly string[]): string => `npm run bench -- [options]

  --only <name>      one comparison; may be given several times. There are:
                     ${names.join(", ")}
  --rounds <n>       how often each side is measured, in alternation    5
  --seconds <n>      how long each measurement takes                    4
  --out <file>       the figures as JSON                                .cache/bench/bench.json
  --profile          instead profiles the page and its workers under load, into .cache/bench/profiles`;

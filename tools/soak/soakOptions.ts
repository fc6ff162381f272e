import { parseArgs } from "node:util";

export interface SoakOptions {
  readonly help: boolean;
  /** Decides every action; the same seed does the same actions in the same order. */
  readonly seed: number;
  /** The first action, counted from 0. */
  readonly from: number;
  /** Which nats-server: one of this machine, or the one in the browser. */
  readonly server: "machine" | "in-tab";
  readonly minutes: number;
  /** Ends after so many actions; null for as many as the time allows. */
  readonly actions: number | null;
}

export const USAGE = `npm run soak -- [options]

  --minutes <n>   how long                                        3
  --actions <n>     ends after so many actions, if that comes first
  --seed <n>      repeats the actions of an earlier run             a new one, which is printed
  --from <n>      begins with a later action of that seed           0
  --server in-tab uses the nats-server in the browser             one of this machine`;

/** Reads the flags. Throws an error for people. */
export function readSoakOptions(args: readonly string[], newSeed: () => number): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h" },
      seed: { type: "string" },
      minutes: { type: "string" },
      actions: { type: "string" },
      from: { type: "string" },
      server: { type: "string" },
    },
  });
  return {
    help: values.help ?? false,
    seed: values.seed === undefined ? newSeed() : whole("--seed", values.seed, 0, 2 ** 31 - 1),
    from: values.from === undefined ? 0 : whole("--from", values.from, 0, 1_000_000),
    server: whichServer(values.server),
    minutes: values.minutes === undefined ? 3 : whole("--minutes", values.minutes, 1, 24 * 60),
    actions: values.actions === undefined ? null : whole("--actions", values.actions, 1, 1_000_000),
  };
}

function whichServer(name: string | undefined): SoakOptions["server"] {
  if (name === undefined) return "machine";
  if (name === "in-tab") return name;
  throw new Error(`--server is “${name}”; there is only in-tab beside the one that is used without it.`);
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${flag} is “${text}”; give a whole number from ${least} to ${most}.`);
}

import * as v from "valibot";
import type { LatencyBuckets } from "../statistics/compareRuns.ts";
import { delayWords } from "../setup/delays.ts";
import type { LatencyFigures } from "../statistics/latency.ts";
import { planWords } from "./planWords.ts";
import { policyWords } from "../setup/policyWords.ts";
import { deriveSeed } from "../base/random.ts";
import { runFigures, runState, type Run } from "./runs.ts";
import { pairsOfTimeBuckets } from "../statistics/timeBuckets.ts";
import type { HandlerRef, RequesterSetup, ResponderSetup } from "../setup/setup.ts";

/** A run that a person keeps: what was set, and what came of it. */
export interface KeptRun {
  /** When it was kept, in epoch ms; no two have the same. */
  readonly id: number;
  readonly name: string;
  readonly model: "open" | "closed";
  /** What was set, each under its own label, in words. */
  readonly settings: readonly Setting[];
  /** From the planned start where calls were planned, else from the actual one. */
  readonly figures: LatencyFigures;
  readonly measured: number;
  readonly failed: number;
  /** Sent late, and not sent at all. */
  readonly late: number;
  readonly skipped: number;
  readonly warmedUp: number;
  readonly clockStepMs: number;
  readonly stretches: LatencyBuckets;
}

export interface Setting {
  readonly label: string;
  readonly words: string;
}

export const MOST_KEPT = 12;
export const LONGEST_NAME = 60;

/** What surrounded a run. */
export interface RunSurroundings {
  readonly requester: RequesterSetup;
  /** With the state of each, where it is another than connected. */
  readonly responders: readonly (ResponderSetup & { readonly state: string })[];
  readonly server: string;
}

/** Null: nothing of it was replied to. */
export function keepRun(
  run: Run,
  { id, name, clockStepMs }: Pick<KeptRun, "id" | "name" | "clockStepMs">,
  around: RunSurroundings,
): KeptRun | null {
  const { fromPlanned, fromStart, measured, failed } = runFigures(run);
  const figures = fromPlanned ?? fromStart;
  if (!figures) return null;
  return {
    id,
    name,
    model: run.plan.kind === "rate" ? "open" : "closed",
    settings: settingsOf(run, around),
    figures,
    measured,
    failed,
    late: run.progress.late,
    skipped: run.progress.skipped,
    warmedUp: run.warmedUp,
    clockStepMs,
    stretches: pairsOfTimeBuckets(run.timeBuckets),
  };
}

function settingsOf(run: Run, { requester, responders, server }: RunSurroundings): Setting[] {
  return [
    { label: "load", words: `${planWords(run.plan)}${endWords(run)}` },
    { label: "subject", words: requester.subject },
    { label: "payload", words: requester.payload.template.slice(0, 200) },
    {
      label: "headers",
      words: requester.headers
        .map(({ name, value }) => `${name}: ${value}`)
        .join(", ")
        .slice(0, 200),
    },
    { label: "timeout", words: `${requester.timeoutMs} ms` },
    { label: "inbox", words: requester.inbox === "perRequest" ? "one for each request" : "multiplexed" },
    { label: "policy", words: policyWords(requester.policy) },
    { label: "server", words: server },
    ...responders.map((responder) => ({ label: responder.name, words: responderWords(responder) })),
  ];
}

/** A run that was not through says so: its plan alone would promise more. */
function endWords(run: Run): string {
  const state = runState(run);
  return state === "ended" ? "" : `, ${state} after ${(run.progress.elapsedMs / 1000).toFixed(1)} s`;
}

function responderWords(responder: RunSurroundings["responders"][number]): string {
  const { subject, queue, handler, delay, handling, errorShare, dropShare, state } = responder;
  return [
    subject,
    queue === null ? "no queue group" : `queue group ${queue}`,
    handlerWords(handler),
    `delay ${delayWords(delay)}`,
    handling === "oneAtATime" ? "one at a time" : "many at once",
    errorShare > 0 ? `errors ${errorShare}` : "",
    dropShare > 0 ? `drops ${dropShare}` : "",
    state === "connected" ? "" : state,
  ]
    .filter((words) => words !== "")
    .join(", ");
}

/** Code by its title and a number that changes with it. */
const handlerWords = (handler: HandlerRef): string =>
  handler.kind === "builtin"
    ? `handler ${handler.id}`
    : `handler ${handler.title} #${deriveSeed(0, handler.source).toString(36)}`;

/** What was set otherwise for b than for a. Empty words: it was not there. */
export function settingsChanged(
  a: KeptRun,
  b: KeptRun,
): { readonly label: string; readonly before: string; readonly after: string }[] {
  const before = new Map(a.settings.map(({ label, words }) => [label, words]));
  const after = new Map(b.settings.map(({ label, words }) => [label, words]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((label) => ({ label, before: before.get(label) ?? "", after: after.get(label) ?? "" }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...change, ...onlyChanged(change.before, change.after) }));
}

/** The parts of a list of words that are not in the other one; a list with nothing of its own stays whole. */
function onlyChanged(before: string, after: string): { before: string; after: string } {
  const [was, is] = [before.split(", "), after.split(", ")];
  const own = (parts: readonly string[], others: readonly string[]): string =>
    (parts.some((part) => !others.includes(part))
      ? parts.filter((part) => !others.includes(part))
      : parts
    ).join(", ");
  return { before: own(was, is), after: own(is, was) };
}

/** What is wrong with a name beside those of the others, in words; null for nothing. */
export function checkRunName(name: string, others: readonly KeptRun[]): string | null {
  if (name.trim() === "") return "Give it a name.";
  if (others.some((run) => run.name === name)) return "Another kept run has this name.";
  return name.length > LONGEST_NAME ? `It is longer than ${LONGEST_NAME} characters.` : null;
}

/** A name that no kept run has yet: the usual one, or it with a number. */
export function freeRunName(usual: string, kept: readonly KeptRun[]): string {
  let name = usual;
  for (let n = 2; checkRunName(name, kept) !== null; n++) name = `${usual} (${n})`;
  return name;
}

const count = v.pipe(v.number(), v.minValue(0));
const figures = v.object({
  count,
  minMs: count,
  meanMs: count,
  p50Ms: count,
  p90Ms: count,
  p99Ms: count,
  p999Ms: count,
  maxMs: count,
});
const keptRun = v.object({
  id: v.number(),
  name: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  model: v.picklist(["open", "closed"]),
  settings: v.array(v.object({ label: v.string(), words: v.string() })),
  figures,
  measured: count,
  failed: count,
  late: count,
  skipped: count,
  warmedUp: count,
  clockStepMs: count,
  stretches: v.array(v.array(count)),
});

/** Storage can hold anything: only what is understood is taken, one by one. */
export function parseKeptRuns(value: unknown): KeptRun[] {
  if (!Array.isArray(value)) return [];
  return value
    .flatMap((each: unknown) => {
      const parsed = v.safeParse(keptRun, each);
      return parsed.success ? [parsed.output] : [];
    })
    .slice(-MOST_KEPT);
}

import { formatCount, formatShare } from "../base/formats.ts";
import { runFigures, type Run } from "./runs.ts";

/** Calls that were measured: when they should have been started, and how long they then took, in ms. */
type Calls = readonly { readonly atMs: number; readonly tookMs: number }[];

interface Told {
  readonly run: Run;
  readonly calls: Calls;
}

/** Below this a p99 tells nobody of two seconds without an answer, in ms. */
const UNREMARKABLE_MS = 200;

/** What each of two load tests would have told of the same freeze, in plain words. `say` writes a duration. */
export function freezeWords(
  closed: Told,
  open: Told,
  frozenMs: readonly [from: number, to: number],
  say: (ms: number) => string,
): { readonly closed: string; readonly open: string; readonly both: string } {
  const [few, many] = [met(closed.calls, frozenMs), met(open.calls, frozenMs)];
  const told = (p99Ms: number, words: string): string =>
    `It reports p99 ${say(p99Ms)}${p99Ms < UNREMARKABLE_MS ? ": as good as usual, with one outlier" : words}.`;
  const [closedMs, openMs] = [
    runFigures(closed.run).fromStart?.p99Ms ?? NaN,
    runFigures(open.run).fromPlanned?.p99Ms ?? NaN,
  ];
  return {
    closed: `${formatCount(few)} of ${formatCount(closed.calls.length)} calls met the freeze. ${told(closedMs, "")}`,
    open: `${formatCount(many)} of ${formatCount(open.calls.length)} calls met the freeze, ${formatShare(many / Math.max(1, open.calls.length))}. ${told(openMs, ": for two seconds no request was answered")}`,
    both: `The closed load stopped sending while nobody answered, so the calls that would have waited are missing from its figures. That is coordinated omission: the slower the service, the fewer requests the test sends. Real users do not wait for each other.`,
  };
}

/**
 * Calls that waited until the responder was thawed: those under way when the first ended after half of the freeze, before which none
 * could. So it is told from the calls' own clock: the page's, by which the freeze was counted, began some ms apart from it.
 */
export function met(calls: Calls, [from, to]: readonly [number, number]): number {
  let thawedMs = Infinity;
  for (const { atMs, tookMs } of calls)
    if (atMs + tookMs > (from + to) / 2) thawedMs = Math.min(thawedMs, atMs + tookMs);
  return calls.filter(({ atMs, tookMs }) => atMs < thawedMs && atMs + tookMs >= thawedMs).length;
}

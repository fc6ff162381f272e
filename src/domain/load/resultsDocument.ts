import type { Counters, Ledger } from "../record/counters.ts";
import type { LatencyFigures } from "../statistics/latency.ts";
import type { Outcome } from "../events/outcomes.ts";
import { percentilesOf, runResults, type LatencyPercentiles, type RunResults } from "./runResults.ts";
import type { Run } from "./runs.ts";
import type { Setup } from "../setup/setup.ts";

/** The file that `Export results` writes. Every field and unit is described in docs/results.md: change the two together. */
export interface ResultsDocument {
  readonly format: "roundtrip.results";
  /** Grows when a field changes its meaning or goes away; new fields alone do not change it. */
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  readonly server: { readonly name: string; readonly version: string } | null;
  /** Calls. */
  readonly counts: OutcomeCounts & { readonly late: number; readonly duplicate: number };
  /** Attempts of calls, and requests that handlers made. */
  readonly exchanges: OutcomeCounts;
  /** Requests from programs outside the page that responders of the page answered. */
  readonly served: number;
  readonly latencyMs: LatencyPercentiles | null;
  /** The smallest step of the page's clock, in ms: no latency is known more finely. */
  readonly clockStepMs: number;
  /** The loads since the last reset, oldest first. */
  readonly runs: readonly RunResults[];
  readonly responders: readonly ResponderResults[];
  /** What no longer fits into the record; counts and latencies include it. */
  readonly dropped: { readonly events: number; readonly exchanges: number; readonly texts: number };
  readonly scenario: Setup;
}

/** started = inFlight + the sum of all outcomes, at every instant. */
export type OutcomeCounts = { readonly started: number; readonly inFlight: number } & Readonly<
  Record<Outcome, number>
>;

export interface ResponderResults {
  readonly name: string;
  /** Null: no queue group. */
  readonly queue: string | null;
  readonly received: number;
  readonly replied: number;
  readonly errors: number;
}

/** What the document is made of, as the record gives it. */
export interface Results {
  /** Epoch ms. */
  readonly exportedAt: number;
  readonly server: { readonly name: string; readonly version: string } | null;
  readonly counters: Counters;
  readonly latency: LatencyFigures | null;
  readonly clockStepMs: number;
  readonly runs: readonly Run[];
  readonly responders: readonly ResponderResults[];
  readonly scenario: Setup;
}

export function resultsDocument(results: Results): ResultsDocument {
  const { counters, latency } = results;
  return {
    format: "roundtrip.results",
    version: 1,
    // oxlint-disable-next-line no-restricted-globals -- it writes a time that was given; it asks no clock
    exportedAt: new Date(results.exportedAt).toISOString(),
    server: results.server && { name: results.server.name, version: results.server.version },
    counts: { ...countsOf(counters.calls), late: counters.late, duplicate: counters.duplicate },
    exchanges: countsOf(counters.exchanges),
    served: counters.served,
    latencyMs: percentilesOf(latency),
    clockStepMs: results.clockStepMs,
    runs: results.runs.map(runResults),
    // Named one by one, so that what else a caller's objects hold does not end up in a file.
    responders: results.responders.map(({ name, queue, received, replied, errors }) => ({
      name,
      queue,
      received,
      replied,
      errors,
    })),
    dropped: {
      events: counters.dropped.events,
      exchanges: counters.dropped.exchanges,
      texts: counters.dropped.texts,
    },
    scenario: results.scenario,
  };
}

const countsOf = ({ started, inFlight, outcomes }: Ledger): OutcomeCounts => ({
  started,
  inFlight,
  ...outcomes,
});

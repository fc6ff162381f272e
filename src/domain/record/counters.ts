import { OUTCOMES, type Outcome } from "../events/outcomes.ts";
import type { LedgerCounts, TrafficRecord } from "./trafficRecord.ts";

/** What was started and what became of it. */
export interface Ledger {
  readonly started: number;
  readonly inFlight: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export interface Counters {
  readonly calls: Ledger;
  /** Attempted by peers of this page, those asked inside handlers included. */
  readonly exchanges: Ledger;
  readonly late: number;
  readonly duplicate: number;
  /** Answers that responders of this page gave to requesters elsewhere. */
  readonly served: number;
  /** What was evicted to newer traffic; it is still counted above. `texts`: events that lost their texts but were still held. */
  readonly dropped: { readonly events: number; readonly exchanges: number; readonly texts: number };
}

export function readCounters(record: TrafficRecord): Counters {
  const { events, exchanges } = record;
  return {
    calls: ledger(record.calls, record.openCalls.size),
    exchanges: ledger(record.attempts, exchanges.openCount + record.evictedInFlight.size),
    late: record.late,
    duplicate: record.duplicate,
    served: record.served,
    dropped: {
      events: Math.max(0, events.last - events.first + 1 - events.capacity),
      exchanges: Math.max(0, exchanges.last - exchanges.first + 1 - exchanges.capacity),
      texts: record.texts.lost,
    },
  };
}

/** The law of conservation: everything that was started has ended with exactly one outcome, or is in flight. */
export const isBalanced = ({ started, inFlight, outcomes }: Ledger): boolean =>
  started === inFlight + OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);

function ledger({ started, ended }: LedgerCounts, inFlight: number): Ledger {
  const counts = OUTCOMES.map((outcome, code) => [outcome, ended[code] ?? 0] as const);
  return {
    started,
    inFlight,
    outcomes: Object.fromEntries(counts) as Record<Outcome, number>, // fromEntries forgets the keys
  };
}

import type { RecordLimits, TrafficRecord } from "./trafficRecord.ts";
import { createEventRing } from "./eventRing.ts";
import { createExchangeRing, openRows } from "./exchangeRing.ts";
import { createTextStore } from "./textStore.ts";
import { OUTCOMES } from "../events/outcomes.ts";
import { KeyTable } from "../base/keyTable.ts";
import { createLatency, resetLatency } from "../statistics/latency.ts";
import { createPerSecondCounters, resetPerSecondCounters } from "./perSecondCounters.ts";
import { evictInFlight } from "./exchangeTable.ts";
import { beginCheckpoints, createCheckpoints } from "./checkpoints.ts";

const DEFAULT_LIMITS: RecordLimits = {
  events: 524_288,
  exchanges: 65_536,
  textBytes: 24 * 1024 * 1024,
};

/** An empty record that keeps at most so much. */
export function createRecord(limits: Partial<RecordLimits> = {}): TrafficRecord {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const record: TrafficRecord = {
    version: 1,
    limits: all,
    events: createEventRing(all.events),
    exchanges: createExchangeRing(all.exchanges),
    texts: createTextStore(all.textBytes),
    calls: { started: 0, ended: new Float64Array(OUTCOMES.length) },
    attempts: { started: 0, ended: new Float64Array(OUTCOMES.length) },
    openCalls: new KeyTable(),
    backoffs: new KeyTable(),
    newestAttempts: new KeyTable(),
    breakers: new Map(),
    evictedInFlight: new KeyTable(),
    endings: new Map(),
    states: new Map(),
    reasons: new Map(),
    checkpoints: createCheckpoints(all.events),
    peers: new Map(),
    latency: createLatency(),
    perSecond: createPerSecondCounters(),
    milestones: [],
    late: 0,
    duplicate: 0,
    served: 0,
    servedAt: 0,
    elsewhere: new Map(),
    queues: new Map(),
    told: new Map(),
    unattributed: { count: 0, sure: 0, latestAt: -Infinity },
    past: null,
  };
  beginCheckpoints(record);
  return record;
}

/**
 * Empties a record. What is in flight stays counted, as started and not ended, so that the counters still add up when it
 * ends; what responders hold stays in their hands.
 */
export function clear(record: TrafficRecord): void {
  const { exchanges, events, texts, evictedInFlight } = record;
  for (const row of openRows(exchanges)) evictInFlight(exchanges, evictedInFlight, row);
  exchanges.rows.clear();
  exchanges.first = exchanges.last + 1;
  events.first = events.last + 1;
  events.evictedUpTo = -Infinity;
  texts.lost = 0;
  record.calls.started = record.openCalls.size;
  record.attempts.started = record.evictedInFlight.size;
  record.calls.ended.fill(0);
  record.attempts.ended.fill(0);
  for (const tally of record.peers.values()) {
    Object.assign(tally, {
      received: tally.held,
      firstReceivedAt: 0,
      replied: 0,
      errors: 0,
      dropped: 0,
      sent: 0,
      lastError: "",
    });
  }
  resetLatency(record.latency);
  resetPerSecondCounters(record.perSecond);
  record.milestones.length = 0;
  record.late = 0;
  record.duplicate = 0;
  record.served = 0;
  record.servedAt = 0;
  record.elsewhere.clear();
  beginCheckpoints(record);
  record.version++;
}

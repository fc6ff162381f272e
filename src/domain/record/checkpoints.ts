import { open, openRows } from "./exchangeRing.ts";
import { GATHERS } from "./exchangeTable.ts";
import { keepRows, mergeRows } from "./keptRows.ts";
import type { KeyTable } from "../base/keyTable.ts";
import type { PeerId } from "../events/events.ts";
import type { Checkpoints, KeptState, PeerCounts, TrafficRecord } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

/** Checkpoints that are kept: one at every so-many-th part of the events that a record holds. */
const PARTS = 64;
/** So many that cannot be begun with any more are dropped at once. */
const DROPPED_AT_ONCE = 8;

export const createCheckpoints = (events: number): Checkpoints => ({
  every: Math.max(1, Math.floor(events / PARTS)),
  all: [],
  oldest: 0,
  latestAt: -Infinity,
});

/** Forgets all, and begins with the record as it is. */
export function beginCheckpoints(record: TrafficRecord): void {
  record.checkpoints.all.length = 0;
  record.checkpoints.oldest = 0;
  record.checkpoints.latestAt = -Infinity;
  takeCheckpoint(record, record.events.last);
}

/** Keeps in mind when an event happened; takes a checkpoint after every so-many-th. */
export function noteFolded(record: TrafficRecord, number: number, at: Instant): void {
  const { checkpoints } = record;
  const newest = checkpoints.all.at(-1)!; // there is always one: a record begins with it
  if (at > checkpoints.latestAt) checkpoints.latestAt = at;
  if (at < newest.earliestAfter) newest.earliestAfter = at;
  if (number - newest.number >= checkpoints.every) takeCheckpoint(record, number);
}

/** The same for an event that is told at another time now. */
export function noteMoved(checkpoints: Checkpoints, number: number, at: Instant): void {
  const { all } = checkpoints;
  if (at > checkpoints.latestAt) checkpoints.latestAt = at;
  for (let place = all.length - 1; place >= 0; place--) {
    const checkpoint = all[place]!;
    if (checkpoint.number >= number) checkpoint.latestAt = Math.max(checkpoint.latestAt, at);
    else {
      checkpoint.earliestAfter = Math.min(checkpoint.earliestAfter, at);
      return;
    }
  }
}

/** Drops what begins before the oldest event that is held: of that time nothing can be told any more. */
export function dropCheckpoints(record: TrafficRecord): void {
  const { events, exchanges, checkpoints } = record;
  const { all } = checkpoints;
  const firstHeld = Math.max(events.first, events.last - events.capacity + 1);
  if (all[checkpoints.oldest]!.number >= firstHeld - 1) return;
  while (all[checkpoints.oldest]!.number < firstHeld - 1) checkpoints.oldest++;
  events.evictedUpTo = all[checkpoints.oldest]!.latestAt;
  if (checkpoints.oldest < DROPPED_AT_ONCE) return;
  const dropped = all.splice(0, checkpoints.oldest);
  checkpoints.oldest = 0;
  const states = [...dropped, all[0]!].map(({ kept }) => kept);
  all[0]!.kept = mergeRows(exchanges, states);
}

/** How many events were recorded before the oldest instant that can be looked at: evicted, or held without what led to them. */
export const eventsBeforePast = ({ events, checkpoints: { all, oldest } }: TrafficRecord): number =>
  all[oldest]!.number - events.first + 1;

function takeCheckpoint(record: TrafficRecord, number: number): void {
  const { exchanges, checkpoints } = record;
  const before = checkpoints.all.at(-1)?.number ?? -1;
  const { seq, touched, first } = exchanges;
  const rows: number[] = [];
  const end = Math.min(exchanges.capacity, exchanges.last + 1);
  for (let row = 0; row < end; row++) if (seq[row]! >= first && touched[row]! > before) rows.push(row);
  checkpoints.all.push({
    number,
    latestAt: checkpoints.latestAt,
    earliestAfter: Infinity,
    state: stateOf(record),
    kept: keepRows(exchanges, Uint32Array.from(rows)),
  });
}

function stateOf(record: TrafficRecord): KeptState {
  const { exchanges, calls, attempts } = record;
  const inFlight: KeptState["inFlight"][number][] = [];
  for (const row of openRows(exchanges)) {
    inFlight.push({
      seq: exchanges.seq[row]!,
      key: exchanges.key[row]!,
      requester: exchanges.requester[row]!,
      arrivals: exchanges.arrivals[row]! - (exchanges.gathers[row] === 1 ? GATHERS : 0),
    });
  }
  return {
    lastSeq: exchanges.last,
    inFlight,
    calls: { started: calls.started, ended: calls.ended.slice() },
    attempts: { started: attempts.started, ended: attempts.ended.slice() },
    openCalls: record.openCalls.copy(),
    newestAttempts: record.newestAttempts.copy(),
    backoffs: record.backoffs.copy(),
    evictedInFlight: record.evictedInFlight.copy(),
    breakers: copyOfLists(record.breakers),
    endings: copyOfLists(record.endings),
    states: copyOfLists(record.states),
    peers: new Map([...record.peers].map(([peer, counts]) => [peer, copyOfCounts(counts)] as const)),
    milestones: record.milestones.slice(),
    late: record.late,
    duplicate: record.duplicate,
    served: record.served,
    servedAt: record.servedAt,
    elsewhere: new Map([...record.elsewhere].map(([subject, counts]) => [subject, { ...counts }] as const)),
  };
}

const copyOfLists = <Item>(lists: ReadonlyMap<PeerId, readonly Item[]>): Map<PeerId, Item[]> =>
  new Map([...lists].map(([peer, list]) => [peer, list.slice()]));

const copyOfCounts = (counts: PeerCounts): PeerCounts => ({ ...counts, inHand: counts.inHand.copy() });

/** Brings a record of the past to a checkpoint, once its exchanges are there. */
export function restoreState(record: TrafficRecord, state: KeptState): void {
  const { exchanges } = record;
  exchanges.last = exchanges.upTo = state.lastSeq;
  exchanges.openFirst = exchanges.openLast = exchanges.openCount = 0;
  restoreTable(record.evictedInFlight, state.evictedInFlight);
  for (const { seq, key, requester, arrivals } of state.inFlight) {
    const row = seq % exchanges.capacity;
    if (exchanges.seq[row] === seq) open(exchanges, row);
    else {
      const slot = record.evictedInFlight.add(key);
      record.evictedInFlight.values[slot] = arrivals;
      record.evictedInFlight.tags[slot] = requester;
    }
  }
  restoreCounts(record.calls, state.calls);
  restoreCounts(record.attempts, state.attempts);
  restoreTable(record.openCalls, state.openCalls);
  restoreTable(record.newestAttempts, state.newestAttempts);
  restoreTable(record.backoffs, state.backoffs);
  restoreMap(record.breakers, copyOfLists(state.breakers));
  restoreMap(record.endings, copyOfLists(state.endings));
  restoreMap(record.states, copyOfLists(state.states));
  record.peers.clear();
  for (const [peer, counts] of state.peers) record.peers.set(peer, copyOfCounts(counts));
  record.milestones.splice(0, Infinity, ...state.milestones);
  record.late = state.late;
  record.duplicate = state.duplicate;
  record.served = state.served;
  record.servedAt = state.servedAt;
  record.elsewhere.clear();
  for (const [subject, counts] of state.elsewhere) record.elsewhere.set(subject, { ...counts });
}

const restoreTable = (table: KeyTable, from: KeyTable): void => table.become(from);

function restoreCounts(counts: TrafficRecord["calls"], from: TrafficRecord["calls"]): void {
  counts.started = from.started;
  counts.ended.set(from.ended);
}

function restoreMap<Key, Value>(map: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

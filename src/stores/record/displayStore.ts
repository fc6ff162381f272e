import { createStore } from "zustand/vanilla";
import { figuresEveryMs, figuresSlowdown } from "../../domain/base/cadences.ts";
import type { Instant } from "../../domain/base/instant.ts";
import type { PeerId } from "../../domain/events/events.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { backoffsOf, lastCalls } from "../../domain/exchanges/calls.ts";
import { openExchanges, readExchange, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import { isInboxOfOne } from "../../domain/messages/subjects.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import { FAILED_MS } from "../../domain/schedule/flight.ts";
import { LiveCalls } from "../../domain/schedule/liveCalls.ts";
import type { Drawn } from "../../domain/schedule/drawn.ts";
import { PastCalls } from "../../domain/schedule/pastCalls.ts";
import { shownDifferences, shownExchange } from "../../domain/schedule/shown.ts";
import { pageNow } from "../page/clock.ts";
import { selectionStore } from "../page/selectionStore.ts";
import { playbackStore } from "./playbackStore.ts";
import { recordStore } from "./recordStore.ts";
import { shownPast, shownRecord } from "./shownRecord.ts";
import { isRenderingSuspended, renderingStore } from "./renderingSuspended.ts";

/** What a peer does, as the drawing has it. */
export interface ShownPeer {
  readonly received: number;
  readonly inHand: number;
  readonly running: number;
  /** Requests of its own that it waits for. */
  readonly waiting: number;
  /** When the first of its calls that failed is tried again; null where none is. */
  readonly resumesAt: Instant | null;
  /** Requests that it gets or makes each second, where so many come that only some are drawn; null elsewhere. */
  readonly perSecond: number | null;
}

interface Display {
  /** Grows whenever what is shown of live calls changes in words; that something moves on is no such change. */
  readonly version: number;
  /** The instant of display time to which all words stand. */
  readonly at: Instant;
  /** One of how many call trees is drawn. */
  readonly every: number;
  /** How far what is shown is behind what happened, in ms, in steps of 100. */
  readonly behindMs: number;
  readonly peers: ReadonlyMap<PeerId, ShownPeer>;
  /** The last request that each peer made itself, by its seq, and whether what it led to is shown. */
  readonly replies: ReadonlyMap<PeerId, { readonly seq: number; readonly isOver: boolean }>;
  /** The inbox of each peer that has made a request, as its subscription names it (`_INBOX.….*`). */
  readonly inboxes: ReadonlyMap<PeerId, string>;
  /** Whether programs outside the page were seen to take part. */
  readonly outside: { readonly asks: boolean; readonly answers: boolean };
}

const NOBODY_OUTSIDE = { asks: false, answers: false };

/** What the page shows of live calls: the one clock of all that is said about them. */
export const displayStore = createStore<Display>(() => ({
  version: 0,
  at: pageNow(),
  every: 1,
  behindMs: 0,
  peers: new Map(),
  replies: new Map(),
  inboxes: new Map(),
  outside: NOBODY_OUTSIDE,
}));

/** The call trees that are drawn, laid out in display time. */
export const liveCalls = new LiveCalls(recordStore.getState().record, {
  inbox(peer, reply) {
    // An inbox for one request alone has no token that could be anything.
    const end = isInboxOfOne(reply) ? -1 : reply.lastIndexOf(".");
    const inbox = end === -1 ? reply : `${reply.slice(0, end)}.*`;
    const { inboxes } = displayStore.getState();
    if (reply !== "" && inboxes.get(peer) !== inbox)
      displayStore.setState({ inboxes: new Map(inboxes).set(peer, inbox) });
  },
  outsider(role) {
    const { outside } = displayStore.getState();
    if (!outside[role]) displayStore.setState({ outside: { ...outside, [role]: true } });
  },
  emptied() {
    displayStore.setState({ outside: NOBODY_OUTSIDE, replies: new Map() });
  },
});

const NOTHING: ShownPeer = {
  received: 0,
  inHand: 0,
  running: 0,
  waiting: 0,
  resumesAt: null,
  perSecond: null,
};

/** What a peer does at the instant that the page shows. */
export function shownPeer(peer: PeerId): ShownPeer {
  if (shownPast() === null) return displayStore.getState().peers.get(peer) ?? NOTHING;
  const record = shownRecord();
  const { received, inHand, running } = readPeerCounters(record, peer);
  return { ...NOTHING, received, inHand, running, waiting: countedIn(record).waiting.get(peer) ?? 0 };
}

interface Counted {
  readonly record: TrafficRecord;
  readonly version: number;
  readonly waiting: ReadonlyMap<PeerId, number>;
  /** The seq of the last request that each peer made itself. */
  readonly asked: ReadonlyMap<PeerId, number>;
}

let counted: Counted | null = null;

/** One walk over all exchanges of a record of the past serves every peer. */
function countedIn(record: TrafficRecord): Counted {
  if (counted?.record === record && counted.version === record.version) return counted;
  counted = { record, version: record.version, waiting: waitingIn(record), asked: lastCalls(record) };
  return counted;
}

/** How many exchanges of each peer are in flight. */
function waitingIn(record: TrafficRecord): ReadonlyMap<PeerId, number> {
  const waiting = new Map<PeerId, number>();
  for (const seq of openExchanges(record)) {
    const requester = summariseExchange(record, seq)?.requester ?? null;
    if (requester !== null) waiting.set(requester, (waiting.get(requester) ?? 0) + 1);
  }
  return waiting;
}

/** The last request that a peer made itself, if what it led to is shown; null else. */
export function shownReplySeq(peer: PeerId): number | null {
  if (shownPast() === null) {
    const last = displayStore.getState().replies.get(peer);
    return last?.isOver ? last.seq : null;
  }
  const record = shownRecord();
  const seq = countedIn(record).asked.get(peer);
  const isOver = seq !== undefined && (summariseExchange(record, seq)?.outcome ?? null) !== null;
  return isOver ? seq : null;
}

/** An exchange as far as the page shows it. */
export function displayedExchange(seq: number): Exchange | undefined {
  const drawn = shownPast() === null && !isRenderingSuspended() ? liveCalls.drawnOf(seq) : undefined;
  return drawn ? shownExchange(drawn, displayStore.getState().at) : readExchange(shownRecord(), seq);
}

const pastCalls = new PastCalls();

/** What is drawn, and for how long a failure stays to be seen: of what happens now, or of the past, to scale. */
export function drawnNow(): {
  readonly drawn: readonly Drawn[];
  readonly every: number;
  readonly failedMs: number;
} {
  const past = shownPast();
  if (past === null) {
    return {
      drawn: isRenderingSuspended() ? [] : [...liveCalls.drawn()],
      every: liveCalls.every,
      failedMs: FAILED_MS,
    };
  }
  const { speed } = playbackStore.getState();
  const { selected } = selectionStore.getState();
  const drawn = pastCalls.at(past, speed, selected?.kind === "exchange" ? selected.seq : null);
  return { drawn, every: pastCalls.every, failedMs: FAILED_MS / speed };
}

/** Lays out what is known by now. Whoever draws calls this, and so does whatever comes to be known. */
export function updateLiveCalls(): Instant {
  const now = pageNow();
  if (!isRenderingSuspended()) liveCalls.update(now);
  return now;
}

/** How long it takes until all that is known now has been shown, in ms. */
export function untilShownMs(): number {
  const now = updateLiveCalls();
  return isRenderingSuspended() ? 0 : liveCalls.allShownAt(now) - now;
}

/** Two changes of words that are nearer to each other than this are one. */
const LEAST_MS = 16;
/** Over how long rates are measured. */
const RATE_MS = 1000;

let timer: ReturnType<typeof setTimeout> | undefined;
let dueAt = Infinity;
let shownAt = -Infinity;
let shownVersion = -1;
let eventsThen = 0;
let rated: { at: Instant; counts: ReadonlyMap<PeerId, number>; rates: ReadonlyMap<PeerId, number> } = {
  at: 0,
  counts: new Map(),
  rates: new Map(),
};

function showAt(at: Instant): void {
  if (at >= dueAt) return;
  clearTimeout(timer);
  dueAt = at;
  timer = setTimeout(show, Math.max(0, at - pageNow()));
}

function show(): void {
  timer = undefined;
  dueAt = Infinity;
  const at = updateLiveCalls();
  const { record } = recordStore.getState();
  shownVersion = record.version;
  const { last } = record.events;
  const slowdown = figuresSlowdown(last - eventsThen, at - shownAt);
  eventsThen = last;
  shownAt = at;
  const { every } = liveCalls;
  displayStore.setState(({ version }) => ({
    version: version + 1,
    at,
    every,
    behindMs: Math.round(liveCalls.behindMs(at) / 100) * 100,
    peers: peersAt(record, at),
    replies: repliesAt(at),
  }));
  leastMs = every > 1 ? figuresEveryMs(slowdown, false) : LEAST_MS;
  const next = liveCalls.nextAfter(at);
  if (next < Infinity) showAt(Math.max(next, at + leastMs));
  // How much is drawn, and how far behind it is, is found out by looking.
  if (liveCalls.size > 0 && (every > 1 || displayStore.getState().behindMs > 0)) showAt(at + LOOK_MS);
}

let leastMs = LEAST_MS;
const LOOK_MS = 250;

function repliesAt(at: Instant): Display["replies"] {
  const { replies } = displayStore.getState();
  // Where only some are drawn none is the last.
  if (liveCalls.every > 1) return replies.size === 0 ? replies : new Map();
  let next: Map<PeerId, { readonly seq: number; readonly isOver: boolean }> | null = null;
  for (const { exchange, times } of liveCalls.drawn()) {
    const { requester, parent, seq, backoff } = exchange;
    if (requester === null || parent !== null || times.attempted > at) continue;
    const known = (next ?? replies).get(requester);
    // A failure after which the call is tried again is not what it led to.
    const isOver = times.settled <= at && backoff === null;
    if (known && (known.seq > seq || (known.seq === seq && known.isOver === isOver))) continue;
    next ??= new Map(replies);
    next.set(requester, { seq, isOver });
  }
  for (const [peer, { seq, isOver }] of replies) {
    // Where the page stood still for a moment its last part was not seen, and is over.
    if (isOver || liveCalls.drawnOf(seq)) continue;
    const exchange = readExchange(recordStore.getState().record, seq);
    if (!exchange || exchange.outcome === null || exchange.backoff !== null) continue;
    next ??= new Map(replies);
    if (next.get(peer)?.seq === seq) next.set(peer, { seq, isOver: true });
  }
  return next ?? replies;
}

function peersAt(record: TrafficRecord, at: Instant): ReadonlyMap<PeerId, ShownPeer> {
  const suspended = isRenderingSuspended();
  // Where only some calls are drawn, counts are of all that happens, as rates are.
  const differences =
    suspended || liveCalls.every > 1
      ? new Map<PeerId, never>()
      : shownDifferences(liveCalls.drawn(), liveCalls.hidden(), at);
  const resumes = new Map<PeerId, Instant>();
  for (const { flight } of suspended ? [] : liveCalls.drawn()) {
    const { pause } = flight;
    if (pause && pause.startsAt <= at && at < pause.endsAt)
      resumes.set(pause.peer, Math.min(pause.endsAt, resumes.get(pause.peer) ?? Infinity));
  }
  const waiting = waitingIn(record);
  rate(record, at);
  const peers = new Map<PeerId, ShownPeer>();
  for (const peer of record.peers.keys()) {
    const counters = readPeerCounters(record, peer);
    const difference = differences.get(peer);
    peers.set(peer, {
      received: Math.max(0, counters.received + (difference?.received ?? 0)),
      inHand: Math.max(0, counters.inHand + (difference?.held ?? 0)),
      running: Math.max(0, counters.running + (difference?.running ?? 0)),
      waiting: Math.max(0, (waiting.get(peer) ?? 0) + (difference?.waiting ?? 0)),
      resumesAt:
        resumes.get(peer) ??
        (suspended || liveCalls.every > 1 ? (backoffsOf(record, peer)?.next ?? null) : null),
      perSecond: liveCalls.every > 1 ? (rated.rates.get(peer) ?? 0) : null,
    });
  }
  return peers;
}

function rate(record: TrafficRecord, at: Instant): void {
  const passed = at - rated.at;
  if (passed < RATE_MS) return;
  const counts = new Map<PeerId, number>();
  const rates = new Map<PeerId, number>();
  for (const peer of record.peers.keys()) {
    const { received, sent } = readPeerCounters(record, peer);
    const count = received + sent;
    counts.set(peer, count);
    // After a pause nothing is known of the last second.
    const since = passed < 3 * RATE_MS ? count - (rated.counts.get(peer) ?? 0) : 0;
    rates.set(peer, Math.max(0, Math.round((since * 1000) / passed)));
  }
  rated = { at, counts, rates };
}

recordStore.subscribe(({ record }) => {
  if (record.version === shownVersion) return;
  // What has come to be known sets out now, not when words are next shown.
  if (liveCalls.every === 1) updateLiveCalls();
  showAt(shownAt + leastMs);
});
renderingStore.subscribe(() => showAt(pageNow()));

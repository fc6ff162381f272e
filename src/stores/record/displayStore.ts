import { createStore } from "zustand/vanilla";
import { figuresEveryMs, figuresSlowdown } from "../../domain/base/cadences.ts";
import type { Instant } from "../../domain/base/instant.ts";
import type { PeerId } from "../../domain/events/events.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { readExchange } from "../../domain/exchanges/readExchange.ts";
import { isInboxOfOne } from "../../domain/messages/subjects.ts";
import { FAILED_MS } from "../../domain/schedule/flight.ts";
import { LiveCalls } from "../../domain/schedule/liveCalls.ts";
import type { Drawn } from "../../domain/schedule/drawn.ts";
import { PastCalls } from "../../domain/schedule/pastCalls.ts";
import { shownExchange } from "../../domain/schedule/shown.ts";
import { pageNow } from "../page/clock.ts";
import { selectionStore } from "../page/selectionStore.ts";
import { lastOverIn, NOTHING, peerIn, peersAt, type ShownPeer } from "./peerActivity.ts";
import { playbackStore } from "./playbackStore.ts";
import { recordStore } from "./recordStore.ts";
import { shownPast, shownRecord } from "./shownRecord.ts";
import { isRenderingSuspended, renderingStore } from "./renderingSuspended.ts";

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

/** What a peer does at the instant that the page shows. */
export function shownPeer(peer: PeerId): ShownPeer {
  if (shownPast() === null) return displayStore.getState().peers.get(peer) ?? NOTHING;
  return peerIn(shownRecord(), peer);
}

/** The last request that a peer made itself, if what it led to is shown; null else. */
export function shownReplySeq(peer: PeerId): number | null {
  if (shownPast() === null) {
    const last = displayStore.getState().replies.get(peer);
    return last?.isOver ? last.seq : null;
  }
  return lastOverIn(shownRecord(), peer);
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
let timer: ReturnType<typeof setTimeout> | undefined;
let dueAt = Infinity;
let shownAt = -Infinity;
let shownVersion = -1;
let eventsThen = 0;
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
    peers: peersAt(record, liveCalls, isRenderingSuspended(), at),
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

recordStore.subscribe(({ record }) => {
  if (record.version === shownVersion) return;
  // What has come to be known sets out now, not when words are next shown.
  if (liveCalls.every === 1) updateLiveCalls();
  showAt(shownAt + leastMs);
});
renderingStore.subscribe(() => showAt(pageNow()));

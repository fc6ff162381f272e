import type { Instant } from "../base/instant.ts";
import { OUTSIDE, type CallId, type PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { readExchange } from "../exchanges/readExchange.ts";
import { ATTRIBUTION_WINDOW_MS, attributedUpTo } from "../record/outside.ts";
import { RecordCursor, type Changes } from "../record/recordCursor.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { rootSeq, treeNumber } from "./callTree.ts";
import { behindOf, momentsIn, timesIn, type Drawn } from "./drawn.ts";
import { flightOf } from "./flight.ts";
import { isDrawn, MOST_DRAWN, Sampler } from "./sampling.ts";
import { LOOK_AGAIN_MS, scheduleOf } from "./schedule.ts";

/** The least time a message takes between two places on the screen: long enough to follow with the eye. */
const HOP_MS = 300;
/** Requests of one burst would lie on top of each other: each takes somewhat longer than its neighbours, by its number. */
const SPREAD_MS = 13;
const SPREAD = 16;
/** Shares no factor with `SPREAD` or the steps of sampling, so that neighbours get different times. */
const STRIDE = 7;
/** Waiting exchanges may fill the screen for long; beyond this the oldest of them are no longer drawn. */
const MOST_KEPT = 2 * MOST_DRAWN;
/** So many exchanges of which it is not known yet whose they are; of more the oldest are not drawn. */
const MOST_UNCLAIMED = 4096;

/** A request that lay at a responder for less than this, in ms, did not wait for others. */
const IN_LINE_MS = 0.5;

/** What the drawn exchanges tell about who takes part. */
export interface Learned {
  /** A requester's reply subject, which holds its inbox. */
  inbox(peer: PeerId, reply: string): void;
  /** A program outside the page asked, or answered. */
  outsider(role: "asks" | "answers"): void;
  /** The record was emptied: who took part is forgotten. */
  emptied(): void;
}

interface Entry {
  readonly seq: number;
  drawn: Drawn | null;
  exchange: Exchange | null;
  /** When more became known of it last. */
  revisedAt: Instant;
  /** It seems that a program outside answered, as far as is known. */
  answeredOutside: boolean;
}

interface Tree {
  readonly hopMs: number;
  readonly admittedAt: Instant;
  readonly entries: Map<number, Entry>;
  moments: ReadonlyMap<string, Instant>;
  reviseAt: Instant;
  endsAt: Instant;
  /** Whether more is known than is laid out. */
  stale: boolean;
  /** Whether a request of it waits in line until others have been shown to be handled. */
  waitsInLine: boolean;
}

/**
 * Follows the record and lays out the call trees that are on screen, reading again only those exchanges of which more is known. A tree is
 * followed to its end; where too many come, some are not drawn at all.
 */
export class LiveCalls {
  readonly #record: TrafficRecord;
  readonly #cursor: RecordCursor;
  readonly #learned: Learned;
  readonly #sampler = new Sampler();
  readonly #trees = new Set<Tree>();
  readonly #bySeq = new Map<number, Tree>();
  readonly #byCall = new Map<CallId, Tree>();
  readonly #unclaimed = new Set<number>();
  #attributedUpTo: Instant = -Infinity;
  /** How long an exchange is on screen, on average of the latest. */
  #staysMs = 4 * HOP_MS;

  /** What is in the record already is history. */
  constructor(record: TrafficRecord, learned: Learned) {
    this.#record = record;
    this.#cursor = new RecordCursor(record, "now");
    this.#learned = learned;
  }

  /** One of how many call trees is drawn. */
  get every(): number {
    return this.#sampler.every;
  }

  /** How many exchanges are kept because they are on screen, or may be soon. */
  get size(): number {
    return this.#bySeq.size;
  }

  /** Takes in what is new in the record and forgets what is over. Cheap when nothing changed. */
  update(now: Instant): void {
    this.#attributedUpTo = attributedUpTo(this.#record, now);
    const changes = this.#cursor.next();
    if (changes.emptied) this.#learned.emptied();
    for (const seq of this.#bySeq.keys()) if (seq < changes.firstSeq) this.#evict(seq);
    for (const seq of this.#cursor.touched(this.#bySeq.keys())) this.#read(seq, now);
    this.#admit(changes, now);
    this.#learnOutsiders();
    let changed = false;
    for (const tree of this.#trees) {
      // Trees come in the order in which they began: what is ahead in a line is laid out before what is behind.
      if (!tree.stale && tree.reviseAt > now && !(changed && tree.waitsInLine)) continue;
      this.#layOut(tree, now);
      changed = true;
    }
    for (const tree of this.#trees) {
      if (tree.endsAt >= now && tree.entries.size > 0) continue;
      this.#drop(tree);
      this.#staysMs += (now - tree.admittedAt - this.#staysMs) * 0.05;
    }
  }

  /** The exchanges to draw, in the order in which they began. */
  *drawn(): Generator<Drawn> {
    for (const { entries } of this.#trees) for (const { drawn } of entries.values()) if (drawn) yield drawn;
  }

  /** An exchange that is drawn; undefined for one that is not, or no longer. */
  drawnOf(seq: number): Drawn | undefined {
    return this.#bySeq.get(seq)?.entries.get(seq)?.drawn ?? undefined;
  }

  /** What is known and not drawn yet, for as long as it may turn out whose it is; nothing where that is much. */
  *hidden(): Generator<Exchange> {
    if (this.#unclaimed.size > MOST_DRAWN) return;
    for (const seq of this.#unclaimed) {
      const exchange = readExchange(this.#record, seq);
      if (exchange) yield exchange;
    }
  }

  /** When more of what is known by now is to be seen than at `at`; `Infinity` for never. Motion alone does not count. */
  nextAfter(at: Instant): Instant {
    let next = Infinity;
    for (const seq of this.#unclaimed) next = Math.min(next, this.#attributedFrom(seq, at));
    for (const tree of this.#trees) {
      next = Math.min(next, tree.reviseAt, tree.endsAt > at ? tree.endsAt : Infinity);
      for (const { drawn } of tree.entries.values())
        if (drawn) for (const time of timesIn(drawn)) if (time > at && time < next) next = time;
    }
    return next;
  }

  /** When all that is known by now will have been shown; `at` where it has been. */
  allShownAt(at: Instant): Instant {
    let last = at;
    for (const { entries } of this.#trees)
      for (const { drawn } of entries.values())
        if (drawn) for (const time of momentsIn(drawn)) if (time > last && time < Infinity) last = time;
    return last;
  }

  /** How far what is shown is behind what is known, in ms: 0 where all of it is shown. */
  behindMs(at: Instant): number {
    let behind = 0;
    for (const { entries } of this.#trees)
      for (const { drawn } of entries.values()) if (drawn) behind = Math.max(behind, behindOf(drawn, at));
    return behind;
  }

  #admit({ firstSeq, firstNewSeq, lastSeq }: Changes, now: Instant): void {
    this.#sampler.take(Math.max(0, lastSeq - firstNewSeq + 1), this.#staysMs, now);
    for (const seq of this.#unclaimed) {
      if (seq < firstSeq) this.#unclaimed.delete(seq);
      else this.#place(seq, now);
    }
    for (let seq = firstNewSeq; seq <= lastSeq; seq++) this.#place(seq, now);
    for (const seq of this.#unclaimed) {
      if (this.#unclaimed.size <= MOST_UNCLAIMED) break;
      this.#unclaimed.delete(seq);
    }
    this.#makeRoom(now);
  }

  /** Puts an exchange into its call tree, if that is drawn. Until somebody of this page says that it is its own it waits. */
  #place(seq: number, now: Instant): void {
    const record = this.#record;
    const { exchanges } = record;
    const row = seq % exchanges.capacity;
    if (exchanges.requester[row] === 0 && exchanges.firstAt[row]! > this.#attributedUpTo) {
      this.#unclaimed.add(seq);
      return;
    }
    this.#unclaimed.delete(seq);
    const call = exchanges.call[row]!;
    const root = rootSeq(record, seq);
    const tree = this.#bySeq.get(root) ?? (call === 0 ? undefined : this.#byCall.get(call));
    if (tree) return this.#add(tree, seq, call, now);
    const number = treeNumber(record, seq);
    // What a handler asks belongs to a tree that is drawn from its beginning, or not at all.
    if (!isDrawn(number, this.every) || (root !== seq && this.every > 1)) return;
    const made: Tree = {
      hopMs: hopMsOf(number),
      admittedAt: now,
      entries: new Map(),
      moments: new Map(),
      reviseAt: Infinity,
      endsAt: Infinity,
      stale: true,
      waitsInLine: false,
    };
    this.#trees.add(made);
    this.#add(made, seq, call, now);
  }

  /** When it should be sure whose an exchange is; where that takes longer it is looked now and then. */
  #attributedFrom(seq: number, at: Instant): Instant {
    const { exchanges } = this.#record;
    const dueAt = exchanges.firstAt[seq % exchanges.capacity]! + ATTRIBUTION_WINDOW_MS;
    return dueAt > at ? dueAt : at + LOOK_AGAIN_MS;
  }

  #add(tree: Tree, seq: number, call: CallId, now: Instant): void {
    if (tree.entries.has(seq)) return;
    tree.entries.set(seq, {
      seq,
      drawn: null,
      exchange: null,
      revisedAt: now,
      answeredOutside: false,
    });
    this.#bySeq.set(seq, tree);
    if (call !== 0) this.#byCall.set(call, tree);
    this.#read(seq, now);
  }

  #drop(tree: Tree): void {
    this.#trees.delete(tree);
    for (const [seq, { exchange }] of tree.entries) {
      if (this.#bySeq.get(seq) === tree) this.#bySeq.delete(seq);
      const call = exchange?.call ?? null;
      if (call !== null && this.#byCall.get(call) === tree) this.#byCall.delete(call);
    }
  }

  /** Of what only waits the oldest makes room. */
  #makeRoom(now: Instant): void {
    if (this.#bySeq.size <= MOST_KEPT) return;
    for (const tree of this.#trees) {
      const isMoving = [...tree.entries.values()].some(
        ({ drawn }) =>
          !drawn || drawn.flight.legs.some(({ startsAt, endsAt }) => startsAt < Infinity && endsAt > now),
      );
      if (isMoving) continue;
      this.#drop(tree);
      if (this.#bySeq.size <= MOST_KEPT) return;
    }
  }

  #evict(seq: number): void {
    const tree = this.#bySeq.get(seq);
    this.#bySeq.delete(seq);
    if (!tree?.entries.delete(seq)) return;
    tree.stale = true;
  }

  #read(seq: number, now: Instant): void {
    const tree = this.#bySeq.get(seq);
    const entry = tree?.entries.get(seq);
    if (!tree || !entry) return;
    entry.exchange = readExchange(this.#record, seq) ?? null;
    entry.revisedAt = now;
    tree.stale = true;
    this.#learnFrom(entry);
  }

  /** That a program outside answered is only sure when all responders of this page have told more, and none that it did. */
  #learnOutsiders(): void {
    for (const { entries } of this.#trees) {
      for (const entry of entries.values()) {
        if (!entry.answeredOutside || entry.revisedAt >= this.#attributedUpTo) continue;
        this.#learned.outsider("answers");
        entry.answeredOutside = false;
      }
    }
  }

  #learnFrom(entry: Entry): void {
    if (!entry.exchange) return;
    const { requester, reply, arrivals } = entry.exchange;
    entry.answeredOutside = requester !== null && arrivals.some(({ from }) => from === OUTSIDE);
    if (requester !== null) this.#learned.inbox(requester, reply);
    // It was waited for until nobody of this page could say any more that it is its own.
    else this.#learned.outsider("asks");
  }

  #layOut(tree: Tree, now: Instant): void {
    tree.stale = false;
    tree.waitsInLine = false;
    const exchanges = [...tree.entries.values()].flatMap(({ exchange }) => exchange ?? []);
    const { times, moments, reviseAt } = scheduleOf(exchanges, {
      hopMs: tree.hopMs,
      now,
      attributedUpTo: this.#attributedUpTo,
      before: { times: tree.moments, until: now },
      inLine: (peer, deliveredAt, handlingAt) => {
        const until = this.#inLineUntil(peer, deliveredAt, handlingAt);
        if (until > handlingAt) tree.waitsInLine = true;
        return until;
      },
    });
    tree.moments = moments;
    tree.reviseAt = reviseAt;
    tree.endsAt = 0;
    for (const entry of tree.entries.values()) {
      const { exchange } = entry;
      const shown = exchange && times.get(exchange.key);
      if (!shown) continue;
      const before = entry.drawn && { flight: entry.drawn.flight, now };
      entry.drawn = { exchange, times: shown, flight: flightOf(exchange, shown, before) };
      // The next attempt of a call, and what a handler asks next, comes when it comes.
      tree.endsAt = Math.max(tree.endsAt, entry.drawn.flight.endsAt + ATTRIBUTION_WINDOW_MS);
    }
  }

  /** When those are shown to be handled that a responder handled while a request lay there: it stood in line behind them. */
  #inLineUntil(peer: PeerId, deliveredAt: Instant, handlingAt: Instant): Instant {
    let until = handlingAt;
    if (handlingAt - deliveredAt < IN_LINE_MS) return until;
    for (const { exchange, times } of this.drawn()) {
      for (const [place, { peer: by, handledAt }] of exchange.deliveries.entries()) {
        if (by !== peer || handledAt === null || handledAt < deliveredAt || handledAt > handlingAt) continue;
        until = Math.max(until, times.deliveries[place]!.handled);
      }
    }
    return until;
  }
}

/** In ms; the same whenever one asks, or marks would jump. */
const hopMsOf = (number: number): number =>
  HOP_MS + ((Math.floor(number / SPREAD) + number * STRIDE) % SPREAD) * SPREAD_MS;

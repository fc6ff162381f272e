import type { Instant } from "../base/instant.ts";
import { OUTSIDE, type ExchangeKey, type PeerId } from "../events/events.ts";
import type { Arrival, Delivery, Exchange } from "../events/exchange.ts";
import { ATTRIBUTION_WINDOW_MS } from "../record/outside.ts";
import {
  timesOf,
  type ArrivalMoments,
  type DeliveryMoments,
  type ExchangeMoments,
} from "./exchangeMoments.ts";
import type { ExchangeTimes } from "./exchangeTimes.ts";
import { Moments, type ShownBefore } from "./moments.ts";

export interface ScheduleOptions {
  /** The least time a message takes from one place to the next, in ms; 0 is true to scale. */
  readonly hopMs: number;
  /** Until when everything that happened is known, but for news that is on its way; `Infinity` for all of it. */
  readonly now: Instant;
  /** Up to when it is known who of this page took part: see record/outside.ts. Where it is left out, that follows `now`. */
  readonly attributedUpTo?: Instant;
  /** Null where nothing was shown yet, or where what was shown does not matter. */
  readonly before: ShownBefore | null;
  /** Until when a request is shown in line at a responder, for others that are handled before it. */
  readonly inLine?: (peer: PeerId, deliveredAt: Instant, handlingAt: Instant) => Instant;
}

export interface Schedule {
  readonly times: ReadonlyMap<ExchangeKey, ExchangeTimes>;
  /** For the `before` of the next one. */
  readonly moments: ReadonlyMap<string, Instant>;
  /** When something that is held back now is shown even if nothing more becomes known; `Infinity` for never. */
  readonly reviseAt: Instant;
}

/** What a handler does is shown as it is up to so long, in ms, and longer work in less than it took, where the screen is behind. */
const WORK_MS = 300;
const MOST_WORK_MS = 1000;

/** The least time for which work of so many ms is shown. */
const workLength = (ms: number): number =>
  ms <= WORK_MS ? Math.max(0, ms) : Math.min(MOST_WORK_MS, WORK_MS + 120 * Math.log(ms / WORK_MS));

/**
 * What a handler did for one request and what it asked for it are brought to the clocks of different workers, so that the one can seem to
 * come before the other by this much, in ms.
 */
const CORRECTED_MS = 5;

/** How often it is looked whether a peer that takes longer to tell has told, in ms. */
export const LOOK_AGAIN_MS = 50;

/** Replies to one inbox set out one after the other by this share of a hop, all of them within so many hops. */
const STAGGER_HOPS = 0.4;
const STAGGERED_WITHIN_HOPS = 3;

/**
 * When everything in a call tree is shown: a call, its attempts, and what their handlers asked in turn. Nothing is shown before it
 * happened or before its causes; true to scale (`hopMs` 0), the server is half way between the two recorded ends. What was shown
 * before stays as it was, and as more becomes known a mark only ever moves on.
 */
export function scheduleOf(tree: readonly Exchange[], options: ScheduleOptions): Schedule {
  return new Scheduling(tree, options).result();
}

/** When each part of an exchange is shown true to scale: when it happened. */
export const timesToScale = (exchange: Exchange): ExchangeTimes =>
  new Scheduling([exchange], { hopMs: 0, now: Infinity, before: null }).timesOf(exchange.key);

class Scheduling {
  readonly #options: ScheduleOptions;
  readonly #moments: Moments;
  readonly #all: ExchangeMoments[];
  readonly #byKey: ReadonlyMap<ExchangeKey, ExchangeMoments>;
  #reviseAt = Infinity;

  constructor(tree: readonly Exchange[], options: ScheduleOptions) {
    this.#options = options;
    this.#moments = new Moments(options.hopMs, options.before);
    this.#all = tree.map((exchange) => this.#momentsOf(exchange));
    this.#byKey = new Map(this.#all.map((each) => [each.exchange.key, each]));
    for (const each of this.#all) this.#arrive(each);
    for (const each of this.#all) this.#nest(each);
    this.#attempt();
    for (const each of this.#all) this.#settle(each);
  }

  result(): Schedule {
    const times = this.#moments.times();
    return {
      times: new Map(this.#all.map((each) => [each.exchange.key, timesOf(each, times)])),
      moments: this.#options.before === null ? NO_MOMENTS : this.#moments.byId(),
      reviseAt: this.#reviseAt,
    };
  }

  timesOf(key: ExchangeKey): ExchangeTimes {
    return timesOf(this.#byKey.get(key)!, this.#moments.times());
  }

  get #toScale(): boolean {
    return this.#options.hopMs === 0;
  }

  /** `at`, or `Infinity` for as long as news of another worker may still change what is known of it. */
  #surely(at: Instant): Instant {
    const { now, attributedUpTo = now - ATTRIBUTION_WINDOW_MS } = this.#options;
    if (this.#toScale || at <= attributedUpTo) return at;
    this.#reviseAt = Math.min(this.#reviseAt, Math.max(at + ATTRIBUTION_WINDOW_MS, now + LOOK_AGAIN_MS));
    return Infinity;
  }

  #momentsOf(exchange: Exchange): ExchangeMoments {
    const { seq, requester, attemptedAt, sentAt, settledAt, deliveries, arrivals, backoff } = exchange;
    const m = this.#moments;
    const first = deliveries[0]?.deliveredAt ?? null;
    const attempted = m.add(`${seq}a`, attemptedAt ?? sentAt ?? Infinity);
    // A peer of this page may still say that it is its own.
    const asked = requester === null && first !== null ? this.#surely(first) : null;
    const known = deliveries.length > 0 || arrivals.length > 0;
    const sent = m.begin(`${seq}s`, sentAt ?? asked ?? (known ? attemptedAt : null) ?? Infinity);
    if (requester !== null) m.after(sent, attempted);
    const nextAt = leastOf(first ?? arrivals[0]?.arrivedAt ?? null, settledAt);
    const atServer = this.#virtual(`${seq}r`, sent, sentAt ?? attemptedAt ?? first ?? 0, nextAt);
    const nths = new Map<number, number>();
    const delivered = deliveries.map((delivery): DeliveryMoments => {
      const nth = (nths.get(delivery.peer) ?? 0) + 1;
      nths.set(delivery.peer, nth);
      return this.#deliver(exchange, delivery, `${seq}d${delivery.peer}.${nth}`, atServer);
    });
    const settled = m.add(`${seq}e`, settledAt ?? Infinity);
    m.after(settled, attempted);
    const resumed = m.add(`${seq}b`, backoff === null ? Infinity : backoff.until);
    if (backoff !== null) m.after(resumed, settled, workLength(backoff.until - backoff.at));
    return { exchange, attempted, sent, atServer, deliveries: delivered, arrivals: [], settled, resumed };
  }

  /** A place in the middle of a way whose two ends are recorded. */
  #virtual(id: string, begin: number, leftAt: Instant, nextAt: Instant | null): number {
    const half = nextAt === null ? leftAt : (leftAt + Math.max(leftAt, nextAt)) / 2;
    return this.#moments.end(id, begin, this.#toScale ? half : -Infinity);
  }

  /** The end of a way that is known by what happened there. Stretched, it begins once that is known; to scale, at once. */
  #way(id: string, from: number, happenedAt: Instant): { readonly leaves: number; readonly there: number } {
    const leaves = this.#moments.begin(`${id}>`, this.#toScale ? -Infinity : happenedAt);
    this.#moments.after(leaves, from);
    return { leaves, there: this.#moments.end(id, leaves, this.#toScale ? happenedAt : -Infinity) };
  }

  #deliver(exchange: Exchange, delivery: Delivery, id: string, atServer: number): DeliveryMoments {
    const { peer, deliveredAt, handlingAt, handledAt, answeredAt } = delivery;
    const m = this.#moments;
    const { leaves, there } = this.#way(id, atServer, deliveredAt);
    const line =
      handlingAt === null ? Infinity : (this.#options.inLine?.(peer, deliveredAt, handlingAt) ?? handlingAt);
    const handling = m.add(`${id}h`, handlingAt === null ? Infinity : Math.max(handlingAt, line));
    m.after(handling, there);
    const handled = m.add(`${id}f`, handledAt ?? Infinity);
    const answered = m.begin(`${id}p`, answeredAt ?? Infinity);
    for (const [moment, at] of [
      [handled, handledAt],
      [answered, answeredAt],
    ] as const) {
      m.after(moment, there);
      if (handlingAt !== null && at !== null) m.after(moment, handling, workLength(at - handlingAt));
    }
    if (handledAt !== null && answeredAt !== null) {
      if (handledAt <= answeredAt) m.after(answered, handled);
      else m.after(handled, answered);
    }
    const arrival = exchange.arrivals.find(({ from }) => from === delivery.peer);
    const back = this.#virtual(`${id}r`, answered, answeredAt ?? 0, arrival?.arrivedAt ?? null);
    return { leaves, there, handling, handled, answered, back, gone: m.end(`${id}o`, back, -Infinity) };
  }

  /** What reaches the inbox, in the order in which it came: the first is seen to be the first. */
  #arrive(each: ExchangeMoments): void {
    const { exchange } = each;
    const m = this.#moments;
    const apart = Math.min(STAGGER_HOPS, STAGGERED_WITHIN_HOPS / Math.max(1, exchange.arrivals.length));
    const answers = new Map<number, number>();
    let before: ArrivalMoments | null = null;
    each.arrivals = exchange.arrivals.map((arrival, place): ArrivalMoments => {
      const id = `${exchange.seq}i${place}`;
      const made = this.#arrival(each, arrival, id, answers);
      if (before !== null) {
        m.follow(made.leaves, before.leaves, apart);
        m.follow(made.there, before.there);
      }
      if (arrival.verdict === "late" && !exchange.gathers) m.after(made.leaves, each.settled);
      else if (arrival.verdict === "late") m.after(made.there, each.settled);
      before = made;
      return made;
    });
  }

  #arrival(
    each: ExchangeMoments,
    { arrivedAt, verdict, from }: Arrival,
    id: string,
    answers: Map<number, number>,
  ): ArrivalMoments {
    if (verdict === "noResponders") return { ...this.#way(id, each.atServer, arrivedAt), outside: null };
    if (from !== OUTSIDE) {
      // Each answer of a responder is one reply's.
      const nth = from === null ? 0 : (answers.get(from) ?? 0);
      if (from !== null) answers.set(from, nth + 1);
      const place = each.exchange.deliveries
        .map(({ peer }, index) => (peer === from ? index : -1))
        .filter((at) => at >= 0)[nth];
      const answer = place === undefined ? undefined : each.deliveries[place];
      return { ...this.#way(id, answer?.back ?? each.atServer, arrivedAt), outside: null };
    }
    // All that is known of a program elsewhere is when its reply came; and that it is from elsewhere is only sure after a while.
    const sureAt = this.#surely(arrivedAt);
    const m = this.#moments;
    const leaves = m.begin(`${id}w>`, this.#toScale ? -Infinity : sureAt);
    m.after(leaves, each.atServer);
    const { sentAt, attemptedAt } = each.exchange;
    const left = sentAt ?? attemptedAt ?? arrivedAt;
    const part = (share: number): Instant =>
      this.#toScale ? left + Math.max(0, arrivedAt - left) * share : -Infinity;
    const there = m.end(`${id}w`, leaves, part(2 / 3));
    const answered = m.begin(`${id}v>`, this.#toScale ? -Infinity : sureAt);
    m.after(answered, there);
    const back = m.end(`${id}v`, answered, part(5 / 6));
    return { ...this.#way(id, back, sureAt), outside: { leaves, there, answered, back } };
  }

  /** What a handler asks begins while it runs, and what it does after the reply comes after that. */
  #nest(each: ExchangeMoments): void {
    const { exchange } = each;
    const parent = exchange.parent === null ? undefined : this.#byKey.get(exchange.parent);
    const { requester, attemptedAt, settledAt } = exchange;
    if (!parent || parent === each || requester === null || attemptedAt === null) return;
    const m = this.#moments;
    const place = parent.exchange.deliveries.findLastIndex(
      ({ peer, deliveredAt, handlingAt }) =>
        peer === requester && (handlingAt ?? deliveredAt) <= attemptedAt + CORRECTED_MS,
    );
    const delivery = parent.exchange.deliveries[place];
    const moments = parent.deliveries[place];
    if (!delivery || !moments) return;
    const { handlingAt, handledAt, answeredAt, deliveredAt } = delivery;
    m.after(
      each.attempted,
      handlingAt === null ? moments.there : moments.handling,
      workLength(attemptedAt - (handlingAt ?? deliveredAt)),
    );
    for (const [moment, at] of [
      [moments.handled, handledAt],
      [moments.answered, answeredAt],
    ] as const) {
      if (at === null) continue;
      if (attemptedAt <= at + CORRECTED_MS) m.after(moment, each.attempted);
      if (settledAt !== null && settledAt <= at + CORRECTED_MS)
        m.after(moment, each.settled, workLength(at - settledAt));
    }
    for (const other of this.#all) {
      const { parent: of, requester: by, attemptedAt: begunAt, settledAt: endedAt, seq } = other.exchange;
      if (other === each || of !== exchange.parent || by !== requester) continue;
      if (begunAt === null || endedAt === null || endedAt > attemptedAt) continue;
      if (begunAt === attemptedAt && seq > exchange.seq) continue;
      m.after(each.attempted, other.settled, workLength(attemptedAt - endedAt));
    }
  }

  /** A call is tried again once the attempt before has failed, and after a wait. */
  #attempt(): void {
    const latest = new Map<number, ExchangeMoments>();
    const attempts = this.#all
      .filter(({ exchange: { call, attemptedAt } }) => call !== null && attemptedAt !== null)
      .sort(
        (a, b) =>
          (a.exchange.attempt ?? 0) - (b.exchange.attempt ?? 0) ||
          (a.exchange.attemptedAt ?? 0) - (b.exchange.attemptedAt ?? 0) ||
          a.exchange.seq - b.exchange.seq,
      );
    for (const each of attempts) {
      const { call, attemptedAt } = each.exchange;
      const before = latest.get(call ?? 0);
      latest.set(call ?? 0, each);
      const endedAt = before?.exchange.settledAt ?? null;
      if (!before || endedAt === null || attemptedAt === null || endedAt > attemptedAt) continue;
      this.#moments.after(each.attempted, before.settled, workLength(attemptedAt - endedAt));
    }
  }

  #settle(each: ExchangeMoments): void {
    const { exchange, settled } = each;
    const { outcome, settledAt, attemptedAt } = exchange;
    if (settledAt === null) return;
    const m = this.#moments;
    const taken = each.arrivals.filter((_, place) => {
      const verdict = exchange.arrivals[place]?.verdict;
      return verdict === "taken" || verdict === "noResponders";
    });
    for (const { there } of taken) m.after(settled, there);
    if (outcome === "replied" || outcome === "errorReply" || outcome === "noResponders") return;
    // Nothing that had happened by the time it ended without a reply is shown after that.
    if (attemptedAt !== null) m.after(settled, each.attempted, workLength(settledAt - attemptedAt));
    for (const other of this.#all) {
      if (other === each || this.#isWithin(other, each)) this.#afterWhatHappened(settled, other, settledAt);
    }
  }

  #isWithin(inner: ExchangeMoments, outer: ExchangeMoments): boolean {
    let at: ExchangeMoments | undefined = inner;
    for (let depth = 0; at && depth < this.#all.length; depth++) {
      if (at.exchange.parent === null) return false;
      at = this.#byKey.get(at.exchange.parent);
      if (at === outer) return true;
    }
    return false;
  }

  #afterWhatHappened(settled: number, { exchange, ...moments }: ExchangeMoments, by: Instant): void {
    const m = this.#moments;
    const put = (moment: number, at: Instant | null): void => {
      if (at !== null && at <= by) m.follow(settled, moment);
    };
    put(moments.attempted, exchange.attemptedAt);
    if (exchange.sentAt !== null && exchange.sentAt <= by) m.follow(settled, moments.atServer);
    for (const [place, delivery] of exchange.deliveries.entries()) {
      const { there, handling, handled, answered } = moments.deliveries[place]!;
      put(there, delivery.deliveredAt);
      put(handling, delivery.handlingAt);
      put(handled, delivery.handledAt);
      put(answered, delivery.answeredAt);
    }
    if (settled === moments.settled) return;
    for (const [place, arrival] of exchange.arrivals.entries())
      put(moments.arrivals[place]!.there, arrival.arrivedAt);
    put(moments.settled, exchange.settledAt);
  }
}

const leastOf = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? null : Math.min(a, b ?? a);

const NO_MOMENTS: ReadonlyMap<string, Instant> = new Map();

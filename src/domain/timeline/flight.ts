import { OUTSIDE, type ExchangeKey, type PeerId } from "../events/events.ts";
import type { Arrival, Delivery, Exchange } from "../events/exchange.ts";
import type { Instant } from "../base/instant.ts";

/** A place in the diagram. An inbox belongs to its requester. */
export type Anchor =
  | { readonly kind: "requester" | "inbox" | "responder"; readonly peer: PeerId }
  | { readonly kind: "server" }
  | { readonly kind: "outside" };

/** What a message is, as the diagram shows it. */
export type MessageShape = "request" | "reply" | "errorReply" | "noResponders" | "duplicate" | "late";

/** A message on its way from one place to another, in display time. */
export interface Leg {
  readonly shape: MessageShape;
  readonly from: Anchor;
  readonly to: Anchor;
  /** The responder it concerns; `OUTSIDE` for one elsewhere, null for the server. */
  readonly peer: PeerId | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** A request that lies at a responder, in display time: in line until `handledFrom`, then being handled. */
export interface Hold {
  readonly peer: PeerId;
  readonly startsAt: Instant;
  /** `Infinity` while it is in line. */
  readonly handledFrom: Instant;
  /** `Infinity` while it lies there. */
  readonly endsAt: Instant;
}

/** A requester that waits for its reply, in display time. */
export interface Wait {
  readonly peer: PeerId;
  readonly startsAt: Instant;
  /** `Infinity` while it waits. */
  readonly endsAt: Instant;
  readonly timeoutMs: number | null;
  /** When the waiting was over in truth: a reply that is still on its way in display time has stopped the timeout. */
  readonly settledAt: Instant | null;
}

/** A call that waits for its next attempt, in display time. */
export interface Pause {
  readonly peer: PeerId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** How long it was meant to be, in ms. */
  readonly ms: number;
  /** Which attempt comes next. */
  readonly attempt: number;
}

/** An exchange laid out in display time. */
export interface Flight {
  readonly seq: number;
  readonly key: ExchangeKey;
  readonly legs: readonly Leg[];
  readonly holds: readonly Hold[];
  readonly wait: Wait | null;
  /** What follows it before its call is tried again. */
  readonly pause: Pause | null;
  /** From when on nothing of it is to be seen; `Infinity` while more can come. */
  readonly endsAt: Instant;
}

/** What is to be seen of an exchange at one instant. */
export type Mark =
  | {
      readonly kind: "travelling";
      readonly shape: MessageShape;
      readonly from: Anchor;
      readonly to: Anchor;
      /** 0 to 1. */
      readonly progress: number;
      readonly peer: PeerId | null;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** A reply that nobody takes comes apart at the inbox. */
  | {
      readonly kind: "discarded";
      readonly shape: MessageShape;
      readonly at: Anchor;
      readonly progress: number;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  | {
      readonly kind: "held";
      readonly handling: boolean;
      readonly peer: PeerId;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** `remaining`: the share of the timeout that is left, 1 to 0; null for none known. */
  | {
      readonly kind: "waiting";
      readonly peer: PeerId;
      readonly remaining: number | null;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** `remaining`: the share of the wait for the next attempt that is left, 1 to 0. */
  | {
      readonly kind: "paused";
      readonly peer: PeerId;
      readonly remaining: number;
      readonly attempt: number;
      readonly key: ExchangeKey;
      readonly seq: number;
    };

export interface FlightOptions {
  /**
   * The least time a message takes from one place to the next, in ms. A round trip of one millisecond cannot be seen, so
   * live traffic is stretched by this; 0 is true to scale.
   */
  readonly minLegMs: number;
}

/** How long a discarded reply takes to come apart, where legs are stretched by 300 ms; in proportion elsewhere. */
const DISCARD_LEGS = 1.2;

/** Replies to one inbox set out one after the other by this share of a leg, all of them within so many legs. */
const STAGGER_LEGS = 0.4;
const STAGGERED_WITHIN_LEGS = 3;

/** News of one worker may come so much later than that of another: until then a reply is not shown as one from outside. In ms. */
const NEWS_MS = 100;

const SERVER: Anchor = { kind: "server" };
const ELSEWHERE: Anchor = { kind: "outside" };

/**
 * Lays an exchange out in display time. Times are chained forward: a leg starts when the one before has ended or when its
 * event really happened, whichever is later, and lasts `minLegMs` at least. As more becomes known a mark only ever moves on,
 * never back. True to scale (`minLegMs` 0), the server is half way between the two recorded ends.
 */
export function planFlight(exchange: Exchange, { minLegMs }: FlightOptions): Flight {
  const plan = new Plan(exchange, minLegMs);
  plan.build();
  return plan.finish();
}

class Plan {
  readonly #exchange: Exchange;
  readonly #min: number;
  readonly #legs: Leg[] = [];
  readonly #holds: Hold[] = [];
  /** True while something that is not recorded yet could add to the flight. */
  #open = false;
  #takenAt: Instant | null = null;
  /** When each arrival left the server, as far as its way there is laid out. */
  readonly #arriving = new Map<Arrival, { readonly fromAt: Instant; readonly peer: PeerId | null }>();
  /** When the last of the responders that have not answered yet got the request. */
  #pendingAt: Instant | null = null;

  constructor(exchange: Exchange, minLegMs: number) {
    this.#exchange = exchange;
    this.#min = minLegMs;
  }

  build(): void {
    const { requester, sentAt, deliveries, arrivals } = this.#exchange;
    const home: Anchor = requester === null ? ELSEWHERE : { kind: "requester", peer: requester };
    const startsAt = sentAt ?? deliveries[0]?.deliveredAt ?? null;
    if (startsAt === null) return;
    const nextAt = deliveries[0]?.deliveredAt ?? arrivals[0]?.arrivedAt ?? null;
    const atServer = this.#leg("request", home, SERVER, null, startsAt, this.#half(startsAt, nextAt));
    for (const delivery of deliveries) this.#deliver(delivery, atServer);
    for (const arrival of arrivals) {
      if (arrival.verdict === "noResponders") this.#refuse(arrival, atServer);
      else if (arrival.from === OUTSIDE) this.#elsewhere(arrival, atServer);
    }
    this.#arriveInTurn();
  }

  finish(): Flight {
    const { seq, key, requester, attemptedAt, settledAt, timeoutMs, backoff } = this.#exchange;
    const settledShown = settledAt === null ? Infinity : Math.max(settledAt, this.#takenAt ?? settledAt);
    const wait =
      requester === null || attemptedAt === null
        ? null
        : { peer: requester, startsAt: attemptedAt, endsAt: settledShown, timeoutMs, settledAt };
    const ends = this.#legs.map((leg) => leg.endsAt + (isGhost(leg) ? this.#min * DISCARD_LEGS : 0));
    const pause =
      requester === null || backoff === null
        ? null
        : {
            peer: requester,
            startsAt: settledAt === null ? backoff.at : settledShown,
            endsAt: backoff.until,
            ms: backoff.ms,
            attempt: backoff.attempt,
          };
    const open = this.#open || (requester !== null && settledAt === null);
    return {
      seq,
      key,
      legs: this.#legs,
      holds: this.#holds,
      wait,
      pause,
      endsAt: open
        ? Infinity
        : Math.max(
            0,
            wait?.endsAt ?? 0,
            pause?.endsAt ?? 0,
            ...ends,
            ...this.#holds.map(({ endsAt }) => endsAt),
          ),
    };
  }

  /** One responder of this page: the request goes there, lies there, and its answer comes back. */
  #deliver(delivery: Delivery, atServer: Instant): void {
    const { peer, deliveredAt, handlingAt, handledAt, result, answeredAt } = delivery;
    const { requester, arrivals } = this.#exchange;
    const responder: Anchor = { kind: "responder", peer };
    const there = this.#leg(
      "request",
      SERVER,
      responder,
      peer,
      this.#from(atServer, deliveredAt),
      deliveredAt,
    );
    const leaves = answeredAt === null ? null : Math.max(there, answeredAt);
    const gaveUp = result === "dropped" || result === "aborted" ? Math.max(there, handledAt ?? there) : null;
    this.#holds.push({
      peer,
      startsAt: there,
      handledFrom: handlingAt === null ? (leaves ?? Infinity) : Math.max(there, handlingAt),
      endsAt: leaves ?? gaveUp ?? Infinity,
    });
    if (leaves === null) {
      if (gaveUp === null) {
        this.#open = true;
        this.#pendingAt = Math.max(this.#pendingAt ?? there, there);
      }
      return;
    }
    const arrival = arrivals.find(({ from }) => from === peer);
    const shape = arrival ? shapeOf(arrival) : result === "replied" ? "reply" : "errorReply";
    const back = this.#leg(
      shape,
      responder,
      SERVER,
      peer,
      leaves,
      this.#half(leaves, arrival?.arrivedAt ?? null),
    );
    if (requester === null) {
      this.#leg(shape, SERVER, ELSEWHERE, peer, back, back);
    } else if (arrival) {
      this.#arriving.set(arrival, { fromAt: back, peer });
    }
  }

  /** The server's 503. */
  #refuse(arrival: Arrival, atServer: Instant): void {
    this.#arriving.set(arrival, { fromAt: atServer, peer: null });
  }

  /** A program elsewhere answered: all that is known is when its reply came. */
  #elsewhere(arrival: Arrival, atServer: Instant): void {
    const { arrivedAt } = arrival;
    if (this.#min > 0 && this.#pendingAt !== null) {
      // A responder of this page has the request, and the news that this is its reply may be on the way: until then only
      // the end of the way is certain.
      const fromAt = Math.max(this.#pendingAt, arrivedAt) + this.#min;
      this.#arriving.set(arrival, { fromAt, peer: OUTSIDE });
      return;
    }
    const third = this.#min > 0 ? 0 : Math.max(0, arrivedAt - atServer) / 3;
    const startsAt = this.#min > 0 ? Math.max(atServer, arrivedAt + NEWS_MS) : atServer;
    const there = this.#leg("request", SERVER, ELSEWHERE, OUTSIDE, startsAt, startsAt + third);
    const back = this.#leg(shapeOf(arrival), ELSEWHERE, SERVER, OUTSIDE, there, there + third);
    this.#arriving.set(arrival, { fromAt: back, peer: OUTSIDE });
  }

  /** The last leg of each reply, in the order in which they came: the first is seen to be the first. */
  #arriveInTurn(): void {
    const { requester, arrivals } = this.#exchange;
    if (requester === null) return;
    const inbox: Anchor = { kind: "inbox", peer: requester };
    const apart = this.#min * Math.min(STAGGER_LEGS, STAGGERED_WITHIN_LEGS / Math.max(1, arrivals.length));
    let earliest = -Infinity;
    for (const arrival of arrivals) {
      const way = this.#arriving.get(arrival);
      if (!way) continue;
      const startsAt = Math.max(earliest, this.#from(way.fromAt, arrival.arrivedAt));
      const endsAt = this.#leg(shapeOf(arrival), SERVER, inbox, way.peer, startsAt, arrival.arrivedAt);
      if (arrival.verdict === "taken" || arrival.verdict === "noResponders") this.#takenAt = endsAt;
      if (apart > 0) earliest = startsAt + apart;
    }
  }

  /** Adds a leg that ends when its event happened, and not before it lasted as long as legs must. Gives its end. */
  #leg(
    shape: MessageShape,
    from: Anchor,
    to: Anchor,
    peer: PeerId | null,
    startsAt: Instant,
    happenedAt: Instant,
  ): Instant {
    const endsAt = Math.max(startsAt + this.#min, this.#min > 0 ? 0 : happenedAt);
    this.#legs.push({ shape, from, to, peer, startsAt, endsAt });
    return endsAt;
  }

  /** When a leg that ends with an event starts: stretched, once the event is known; to scale, at once. */
  #from(earliest: Instant, happenedAt: Instant): Instant {
    return this.#min > 0 ? Math.max(earliest, happenedAt) : earliest;
  }

  #half(startsAt: Instant, nextAt: Instant | null): Instant {
    return nextAt === null ? startsAt : (startsAt + Math.max(startsAt, nextAt)) / 2;
  }
}

function shapeOf({ verdict, error }: Arrival): MessageShape {
  if (verdict === "taken") return error ? "errorReply" : "reply";
  return verdict;
}

const isGhost = ({ shape, to }: Leg): boolean =>
  to.kind === "inbox" && (shape === "duplicate" || shape === "late");

/** What is to be seen of a flight at an instant of display time. */
export function flightMarks(flight: Flight, at: Instant): Mark[] {
  const { seq, key, legs, holds, wait, pause } = flight;
  const marks: Mark[] = [];
  if (wait && at >= wait.startsAt && at < wait.endsAt) {
    const { peer, timeoutMs, settledAt } = wait;
    const waited = Math.min(at, settledAt ?? at) - wait.startsAt;
    const remaining = timeoutMs === null ? null : Math.max(0, 1 - waited / timeoutMs);
    marks.push({ kind: "waiting", peer, remaining, key, seq });
  }
  if (pause && at >= pause.startsAt && at < pause.endsAt) {
    const { peer, endsAt, ms, attempt } = pause;
    marks.push({
      kind: "paused",
      peer,
      remaining: Math.min(1, (endsAt - at) / Math.max(1, ms)),
      attempt,
      key,
      seq,
    });
  }
  for (const hold of holds) {
    if (at < hold.startsAt || at >= hold.endsAt) continue;
    marks.push({ kind: "held", handling: at >= hold.handledFrom, peer: hold.peer, key, seq });
  }
  for (const [index, leg] of legs.entries()) {
    const { shape, from, to, peer, startsAt, endsAt } = leg;
    if (at < startsAt) continue;
    if (at < endsAt) {
      const progress = (at - startsAt) / (endsAt - startsAt);
      marks.push({ kind: "travelling", shape, from, to, progress, peer, key, seq });
    } else if (isGhost(leg)) {
      const length = (endsAt - startsAt) * DISCARD_LEGS;
      if (at < endsAt + length) {
        marks.push({ kind: "discarded", shape, at: to, progress: (at - endsAt) / length, key, seq });
      }
    } else if (restsAtServer(legs, index, at)) {
      marks.push({ kind: "travelling", shape, from, to, progress: 1, peer, key, seq });
    }
  }
  return marks;
}

/**
 * A message that reached the server stays there to be seen until its way on begins. Where none is known it stays for as long as
 * a leg takes, in case news of another worker is late, and no longer: a server does not keep messages.
 */
function restsAtServer(legs: readonly Leg[], index: number, at: Instant): boolean {
  const leg = legs[index];
  if (!leg || leg.to.kind !== "server") return false;
  const onward = legs
    .slice(index + 1)
    .filter(({ from, peer }) => from.kind === "server" && (index === 0 || peer === leg.peer));
  if (onward.length === 0) return at < leg.endsAt + (leg.endsAt - leg.startsAt);
  return onward.every(({ startsAt }) => at < startsAt);
}

import type { Instant } from "../base/instant.ts";
import { OUTSIDE, type ExchangeKey, type PeerId } from "../events/events.ts";
import type { Arrival, Exchange } from "../events/exchange.ts";
import { OUTCOME_WORDS } from "../events/outcomes.ts";
import type { ExchangeTimes } from "./exchangeTimes.ts";

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
  /** Which attempt of its call a request is; null for the first, or for anything else. */
  readonly attempt: number | null;
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
  /** How long it waited in truth; null while that is not known. It is shown in as long as the wait lasts on the screen. */
  readonly waitedMs: number | null;
  /** How much of it has been shown by an instant, in ms, and for each ms after that while its length is not known. */
  readonly shown: { readonly at: Instant; readonly ms: number; readonly rate: number };
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

/** Something that failed, where it did, in display time. */
export interface Failure {
  readonly where: Anchor;
  readonly at: Instant;
  /** What came, if something did. */
  readonly shape: MessageShape | null;
  /** Such as `timed out`. */
  readonly words: string;
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
  readonly failures: readonly Failure[];
  /** From when on nothing of it is to be seen; `Infinity` while more can come. */
  readonly endsAt: Instant;
}

/** How long a discarded reply takes to come apart, by how long it took to come. */
export const DISCARD_LEGS = 3;
/** How long a failure stays to be seen where it happened. */
export const FAILED_MS = 2000;

const SERVER: Anchor = { kind: "server" };
const ELSEWHERE: Anchor = { kind: "outside" };

/** What is to be seen of an exchange by its schedule. `before`: what was shown of it until `now`. */
export function flightOf(
  exchange: Exchange,
  times: ExchangeTimes,
  before: { readonly flight: Flight; readonly now: Instant } | null = null,
): Flight {
  const { seq, key, requester, attemptedAt, settledAt, timeoutMs, backoff } = exchange;
  const legs = neverLeft(exchange) ? [] : legsOf(exchange, times);
  const holds = holdsOf(exchange, times);
  const failures = failuresOf(exchange, times).filter(({ at }) => at < Infinity);
  const wait: Wait | null =
    requester === null || attemptedAt === null
      ? null
      : {
          peer: requester,
          startsAt: times.attempted,
          endsAt: times.settled,
          timeoutMs,
          waitedMs: settledAt === null ? null : Math.max(0, settledAt - attemptedAt),
          shown: {
            at: before?.flight.wait ? before.now : times.attempted,
            ms: before?.flight.wait ? waitedAt(before.flight.wait, before.now) : 0,
            rate: waitRate(exchange, times),
          },
        };
  const pause: Pause | null =
    requester === null || backoff === null || times.settled === Infinity
      ? null
      : {
          peer: requester,
          startsAt: settledAt === null ? backoff.at : times.settled,
          endsAt: times.resumed,
          ms: backoff.ms,
          attempt: backoff.attempt,
        };
  const isOpen = exchange.deliveries.some(
    ({ answeredAt, result }) => answeredAt === null && result !== "dropped" && result !== "aborted",
  );
  const flight = { seq, key, legs, holds, wait, pause, failures, endsAt: Infinity };
  if (isOpen) return flight;
  // Whoever asked from elsewhere is not seen to have its reply.
  const settled = requester === null ? 0 : times.settled;
  return { ...flight, endsAt: Math.max(settled, ...endsIn(flight), ...holds.map(({ endsAt }) => endsAt)) };
}

/** When each thing is over that is seen to move or stays to be seen for a while. */
export function* endsIn({ legs, pause, failures }: Flight): Generator<Instant> {
  for (const leg of legs) yield leg.endsAt + (isGhost(leg) ? (leg.endsAt - leg.startsAt) * DISCARD_LEGS : 0);
  if (pause) yield pause.endsAt;
  for (const { at } of failures) yield at + FAILED_MS;
}

const neverLeft = ({ sentAt, settledAt, deliveries, arrivals }: Exchange): boolean =>
  sentAt === null && settledAt !== null && deliveries.length === 0 && arrivals.length === 0;

function legsOf(exchange: Exchange, times: ExchangeTimes): Leg[] {
  const { requester, deliveries, arrivals } = exchange;
  const attempt = (exchange.attempt ?? 1) > 1 ? exchange.attempt : null;
  const home: Anchor = requester === null ? ELSEWHERE : { kind: "requester", peer: requester };
  const request = { shape: "request", attempt } as const;
  const legs: Leg[] = [
    { ...request, from: home, to: SERVER, peer: null, startsAt: times.sent, endsAt: times.atServer },
  ];
  for (const [place, delivery] of deliveries.entries()) {
    const { leaves, there, answered, back, gone } = times.deliveries[place]!;
    const { peer, result } = delivery;
    const responder: Anchor = { kind: "responder", peer };
    legs.push({ ...request, from: SERVER, to: responder, peer, startsAt: leaves, endsAt: there });
    if (delivery.answeredAt === null) continue;
    const arrival = arrivals.find(({ from }) => from === peer);
    const shape = arrival ? shapeOf(arrival) : result === "replied" ? "reply" : "errorReply";
    const reply = { shape, peer, attempt: null };
    legs.push({ ...reply, from: responder, to: SERVER, startsAt: answered, endsAt: back });
    if (requester === null)
      legs.push({ ...reply, from: SERVER, to: ELSEWHERE, startsAt: back, endsAt: gone });
  }
  if (requester === null) return legs;
  const inbox: Anchor = { kind: "inbox", peer: requester };
  for (const [place, arrival] of arrivals.entries()) {
    const { leaves, there, outside } = times.arrivals[place]!;
    const shape = shapeOf(arrival);
    const peer = outside ? OUTSIDE : arrival.verdict === "noResponders" ? null : arrival.from;
    if (outside) {
      legs.push(
        { ...request, from: SERVER, to: ELSEWHERE, peer, startsAt: outside.leaves, endsAt: outside.there },
        {
          shape,
          attempt: null,
          from: ELSEWHERE,
          to: SERVER,
          peer,
          startsAt: outside.answered,
          endsAt: outside.back,
        },
      );
    }
    legs.push({ shape, attempt: null, from: SERVER, to: inbox, peer, startsAt: leaves, endsAt: there });
  }
  return legs;
}

function holdsOf({ deliveries }: Exchange, times: ExchangeTimes): Hold[] {
  const holds: Hold[] = [];
  for (const [place, { peer, answeredAt, result }] of deliveries.entries()) {
    const { there, handling, handled, answered } = times.deliveries[place]!;
    if (there === Infinity) continue;
    const gaveUp = result === "dropped" || result === "aborted";
    const endsAt = answeredAt !== null ? answered : gaveUp ? handled : Infinity;
    holds.push({ peer, startsAt: there, handledFrom: Math.min(handling, endsAt), endsAt });
  }
  return holds;
}

function failuresOf(exchange: Exchange, times: ExchangeTimes): Failure[] {
  const { requester, outcome, deliveries, arrivals } = exchange;
  const failures: Failure[] = [];
  for (const [place, { peer, result, replyRefused }] of deliveries.entries()) {
    const where: Anchor = { kind: "responder", peer };
    if (replyRefused)
      failures.push({ where, at: times.deliveries[place]!.back, shape: null, words: "reply refused" });
    if (result !== "dropped" && result !== "aborted") continue;
    const words = result === "dropped" ? "dropped" : "gone";
    failures.push({ where, at: times.deliveries[place]!.handled, shape: null, words });
  }
  if (requester === null || outcome === null || outcome === "replied") return failures;
  const came = arrivals.findIndex(
    ({ verdict, error }) => verdict === "noResponders" || (verdict === "taken" && error),
  );
  const arrival = arrivals[came];
  const byMessage = arrival && (outcome === "noResponders" || outcome === "errorReply");
  failures.push({
    where: { kind: "inbox", peer: requester },
    at: byMessage ? times.arrivals[came]!.there : times.settled,
    shape: byMessage ? shapeOf(arrival) : null,
    words: outcome === "noResponders" ? "503" : outcome === "errorReply" ? "error" : OUTCOME_WORDS[outcome],
  });
  return failures;
}

function shapeOf({ verdict, error }: Arrival): MessageShape {
  if (verdict === "taken") return error ? "errorReply" : "reply";
  return verdict;
}

export const isGhost = ({ shape, to }: Leg): boolean =>
  to.kind === "inbox" && (shape === "duplicate" || shape === "late");

/**
 * A timeout does not run out while its request is seen to be on its way to a responder, nor the time for replies before one could be seen
 * to arrive: where it is that short it runs more slowly.
 */
function waitRate({ timeoutMs, gathers }: Exchange, { sent, atServer }: ExchangeTimes): number {
  const wayMs = (gathers ? 4 : 2) * (atServer - sent);
  return timeoutMs !== null && wayMs > timeoutMs && wayMs < Infinity ? timeoutMs / wayMs : 1;
}

/** How much of the waiting is shown to be over at an instant, in ms. */
export function waitedAt({ endsAt, waitedMs, shown }: Wait, at: Instant): number {
  const passed = Math.max(0, at - shown.at);
  if (waitedMs === null) return shown.ms + passed * shown.rate;
  // What is on its way in display time is over in truth: that is shown as slowly as the way is.
  const from = Math.min(shown.ms, waitedMs);
  const share = endsAt === Infinity ? 0 : passed / Math.max(1e-6, endsAt - shown.at);
  return from + Math.min(1, share) * (waitedMs - from);
}

import type { Instant } from "../base/instant.ts";
import type { PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import type { Drawn } from "./drawn.ts";

/**
 * An exchange as far as it is shown at an instant of display time: what is still on its way on the screen has not happened yet. The times
 * in it are those at which things really happened. Undefined before it is shown to begin.
 */
export function shownExchange({ exchange, times }: Drawn, at: Instant): Exchange | undefined {
  if (Math.min(times.attempted, times.sent) > at) return undefined;
  const settled = times.settled <= at;
  return {
    ...exchange,
    sentAt: times.sent <= at ? exchange.sentAt : null,
    deliveries: exchange.deliveries.flatMap((delivery, place) => {
      const { there, handling, handled, answered } = times.deliveries[place]!;
      if (there > at) return [];
      return {
        ...delivery,
        handlingAt: handling <= at ? delivery.handlingAt : null,
        ...(handled > at && { handledAt: null, result: null, error: null }),
        ...(answered > at && { answeredAt: null, answer: null, replyRefused: false }),
      };
    }),
    arrivals: exchange.arrivals.filter((_, place) => times.arrivals[place]!.there <= at),
    ...(!settled && { settledAt: null, outcome: null, reason: null, backoff: null }),
  };
}

/** By how much what is shown of a peer differs from what is known of it. */
export interface ShownDifference {
  received: number;
  held: number;
  running: number;
  waiting: number;
}

/**
 * For each peer that takes part in what is drawn, what is to be added to its counts to have them agree with the drawing. `hidden`: what is
 * known and not drawn yet, since it may still turn out whose it is.
 */
export function shownDifferences(
  drawn: Iterable<Drawn>,
  hidden: Iterable<Exchange>,
  at: Instant,
): ReadonlyMap<PeerId, ShownDifference> {
  const all = new Map<PeerId, ShownDifference>();
  const of = (peer: PeerId): ShownDifference => {
    let known = all.get(peer);
    if (!known) all.set(peer, (known = { received: 0, held: 0, running: 0, waiting: 0 }));
    return known;
  };
  for (const { exchange, flight, times } of drawn) {
    const { requester, attemptedAt, outcome, deliveries } = exchange;
    if (requester !== null && attemptedAt !== null) {
      const isShown = times.attempted <= at && at < times.settled;
      of(requester).waiting += Number(isShown) - Number(outcome === null);
    }
    for (const [place, { peer, handlingAt, handledAt }] of deliveries.entries()) {
      const isThere = times.deliveries[place]!.there <= at;
      const counts = of(peer);
      if (!isThere) counts.received--;
      if (handledAt === null) counts.held--;
      if (handlingAt !== null && handledAt === null) counts.running--;
    }
    for (const { peer, startsAt, handledFrom, endsAt } of flight.holds) {
      if (at < startsAt || at >= endsAt) continue;
      of(peer).held++;
      if (at >= handledFrom) of(peer).running++;
    }
  }
  for (const { deliveries } of hidden) {
    for (const { peer, handlingAt, handledAt } of deliveries) {
      of(peer).received--;
      if (handledAt === null) of(peer).held--;
      if (handlingAt !== null && handledAt === null) of(peer).running--;
    }
  }
  return all;
}

import type { Instant } from "../base/instant.ts";
import type { Exchange } from "../events/exchange.ts";
import type { ExchangeTimes } from "./exchangeTimes.ts";
import { endsIn, type Flight } from "./flight.ts";

/** An exchange that is drawn, and when each part of it is shown. */
export interface Drawn {
  readonly exchange: Exchange;
  readonly times: ExchangeTimes;
  readonly flight: Flight;
}

/** Every instant at which something happens on the screen, that of a message setting out included. */
export function* momentsIn({ times }: Drawn): Generator<Instant> {
  yield times.attempted;
  yield times.sent;
  yield times.atServer;
  for (const { leaves, there, handling, handled, answered, back, gone } of times.deliveries) {
    yield leaves;
    yield there;
    yield handling;
    yield handled;
    yield answered;
    yield back;
    yield gone;
  }
  for (const { leaves, there, outside } of times.arrivals) {
    yield leaves;
    yield there;
    if (outside) yield* Object.values(outside) as Instant[]; // all of its members are
  }
  yield times.settled;
}

/** The same, with the ends of what stays to be seen for a while. */
export function* timesIn(drawn: Drawn): Generator<Instant> {
  yield* momentsIn(drawn);
  yield* endsIn(drawn.flight);
}

/** For how long what happened next has been over already. */
export function behindOf({ exchange, times }: Drawn, at: Instant): number {
  let earliest = Infinity;
  const look = (shown: Instant, happened: Instant | null): void => {
    if (happened !== null && shown > at && shown < Infinity) earliest = Math.min(earliest, happened);
  };
  look(times.settled, exchange.settledAt);
  for (const [place, { deliveredAt, answeredAt }] of exchange.deliveries.entries()) {
    look(times.deliveries[place]!.there, deliveredAt);
    look(times.deliveries[place]!.back, answeredAt);
  }
  for (const [place, { arrivedAt }] of exchange.arrivals.entries())
    look(times.arrivals[place]!.there, arrivedAt);
  return earliest === Infinity ? 0 : Math.max(0, at - earliest);
}

import type { Instant } from "../base/instant.ts";
import type { Exchange } from "../events/exchange.ts";
import type { ExchangeTimes } from "./exchangeTimes.ts";

/** The moments of an exchange's parts, by their numbers: see moments.ts. */
export interface DeliveryMoments {
  readonly leaves: number;
  readonly there: number;
  readonly handling: number;
  readonly handled: number;
  readonly answered: number;
  readonly back: number;
  gone: number;
}

export interface ArrivalMoments {
  readonly leaves: number;
  readonly there: number;
  readonly outside: { leaves: number; there: number; answered: number; back: number } | null;
}

export interface ExchangeMoments {
  readonly exchange: Exchange;
  readonly attempted: number;
  readonly sent: number;
  readonly atServer: number;
  readonly deliveries: readonly DeliveryMoments[];
  arrivals: readonly ArrivalMoments[];
  readonly settled: number;
  readonly resumed: number;
}

/** The display times of these moments. */
export function timesOf(each: ExchangeMoments, times: readonly Instant[]): ExchangeTimes {
  const at = (moment: number): Instant => times[moment]!;
  return {
    attempted: at(each.attempted),
    sent: at(each.sent),
    atServer: at(each.atServer),
    deliveries: each.deliveries.map(({ leaves, there, handling, handled, answered, back, gone }) => ({
      leaves: at(leaves),
      there: at(there),
      handling: at(handling),
      handled: at(handled),
      answered: at(answered),
      back: at(back),
      gone: at(gone),
    })),
    arrivals: each.arrivals.map(({ leaves, there, outside }) => ({
      leaves: at(leaves),
      there: at(there),
      outside: outside && {
        leaves: at(outside.leaves),
        there: at(outside.there),
        answered: at(outside.answered),
        back: at(outside.back),
      },
    })),
    settled: at(each.settled),
    resumed: at(each.resumed),
  };
}

import type { Instant } from "../base/instant.ts";

/** When a delivery is shown; `Infinity` for what has not happened, or cannot be shown yet. */
export interface DeliveryTimes {
  /** The request leaves the server, and is there. */
  readonly leaves: Instant;
  readonly there: Instant;
  readonly handling: Instant;
  readonly handled: Instant;
  /** The reply sets out, and is at the server. */
  readonly answered: Instant;
  readonly back: Instant;
  /** For a request from elsewhere: when the reply has gone on to there. */
  readonly gone: Instant;
}

export interface ArrivalTimes {
  readonly leaves: Instant;
  readonly there: Instant;
  /** The way of a request to a program elsewhere, and of its reply back to the server; null for a reply of this page. */
  readonly outside: {
    readonly leaves: Instant;
    readonly there: Instant;
    readonly answered: Instant;
    readonly back: Instant;
  } | null;
}

/** When each part of an exchange is shown; `Infinity` for what has not happened, or cannot be shown yet. */
export interface ExchangeTimes {
  readonly attempted: Instant;
  readonly sent: Instant;
  readonly atServer: Instant;
  /** In the order of the exchange's own. */
  readonly deliveries: readonly DeliveryTimes[];
  readonly arrivals: readonly ArrivalTimes[];
  readonly settled: Instant;
  /** The wait for the next attempt is over. */
  readonly resumed: Instant;
}
